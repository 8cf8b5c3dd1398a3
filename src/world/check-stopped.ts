import { chronicleOf } from './check-chronicle.ts'
import { createFindings, type FindingList } from './check-rules.ts'
import type { Finding, World, WorldDevice } from './types.ts'

/**
 * After `world.stop()`: nothing of it is left (WORLD-14). Resolves when the last look along the way was had, too; what
 * that found is in `world.findings`.
 *
 * @example
 * await world.stop()
 * expect([...world.findings, ...(await checkStopped(world))]).toEqual([])
 */
export const checkStopped = async (world: World): Promise<readonly Finding[]> => {
  await chronicleOf(world).settled()
  const findings = createFindings()
  const { network } = world
  if (network.links + network.ends > 0)
    findings.add('WORLD-14', `${network.links} links and ${network.ends} ends are left`)
  for (const device of world.devices) checkDevice(findings, device)
  return findings.found
}

const checkDevice = (findings: FindingList, device: WorldDevice): void => {
  const { name, state, timers, engine, restingBytes, sockets, disk } = device
  const left = (what: string): void => findings.add('WORLD-14', `${name}: ${what}`)
  const { phase } = engine.store.getStatus()
  if (state !== 'off' || phase !== 'idle') left(`it is ${state}, its engine ${phase}`)
  if (timers > 0) left(`${timers} timers are armed`)
  if (restingBytes > 0) left(`${restingBytes} bytes rest in memory`)
  if (sockets > 0) left(`${sockets} sockets are open`)
  if (disk.opened > 0) left(`${disk.opened} journals are open`)
  const { children } = engine.actor.getSnapshot() as { children?: Readonly<Record<string, unknown>> }
  const actors = Object.entries(children ?? {}).filter(([, child]) => child !== undefined)
  if (actors.length > 0) left(`actors are left: ${actors.map(([id]) => id).join(', ')}`)
}
