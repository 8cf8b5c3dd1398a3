import type { SystemName } from '../page/systems/index.ts'
import type { Rig, Round } from './rig.ts'

/** What the tables call each system. */
export const SYSTEM_NAMES: Readonly<Record<SystemName, string>> = {
  bare: 'bare JSON over the channel',
  bareStored: 'bare JSON, stored (IndexedDB, strict)',
  fieldmesh: 'fieldmesh',
  yjs: 'Yjs + y-webrtc',
  automerge: 'automerge-repo',
}

/** Two pages with the same system, `a` holding so many readings, neither of them looking for the other yet. */
export const openPair = async (rig: Rig, system: SystemName, records: number, trace = false): Promise<Round> =>
  fillPair(await rig.fresh(), system, records, trace)

/** The same in two pages that are open. */
export const fillPair = async (round: Round, system: SystemName, records: number, trace = false): Promise<Round> => {
  const { a, b, optionsOf } = round
  await Promise.all(
    [a, b].map((page, at) =>
      page.evaluate(([name, options, traces]) => bench.open(name, options, traces), [
        system,
        optionsOf(at === 0 ? 'a' : 'b'),
        trace,
      ] as const),
    ),
  )
  const address = await a.evaluate((count) => bench.seed(count), records)
  await b.evaluate((text) => bench.meet(text), address)
  return round
}

/** Both begin to look for each other; resolves when both have begun. */
export const goOnline = ({ a, b }: Pick<Round, 'a' | 'b'>): Promise<[number, number]> =>
  Promise.all([a.evaluate(() => bench.online()), b.evaluate(() => bench.online())])
