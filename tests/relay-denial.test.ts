import { afterEach, expect, it } from 'vitest'
import { stageCryptos } from './support/relay-crypto.ts'
import { createDenial, type DenialShares } from './support/relay-denial.ts'
import { createRelayStage, type RelayStage } from './support/relay-stage.ts'

const SECRETS = ['ada tells this to bob alone', 'bob tells this to ada alone'] as const
const [simulation] = stageCryptos

let stage: RelayStage
afterEach(() => stage.stop())

const setUp = (seed: number, shares: DenialShares): Promise<void> => {
  if (!simulation) throw new Error('there is no simulation')
  stage = createRelayStage({ crypto: simulation.makeCrypto(), seed })
  stage.post.sitIn(createDenial(stage, shares))
  return stage.begin(SECRETS)
}
const states = () => stage.devices.map(({ engine }) => engine.store.getStatus().peers.map(({ state }) => state))
/** What became of boxes at the devices. */
const boxes = () => stage.devices.flatMap((device) => device.boxes)
const opened = () => boxes().filter((outcome) => outcome === 'opened').length
const expectNothingRead = () => {
  for (const words of [...SECRETS, 'candidate', 'fingerprint'])
    expect(stage.post.traffic.join('\n')).not.toContain(words)
}
/** As an honest server from now on, and people who press “Try again”. */
const relent = async (): Promise<void> => {
  stage.post.sitIn({ receive: stage.post.deliver })
  for (const { engine } of stage.devices) engine.retry()
  await stage.until('both have what both wrote', () => stage.notes().every((words) => words.length === 2))
  for (const words of stage.notes()) expect(words).toEqual(expect.arrayContaining([...SECRETS]))
  expect(states()).toEqual([['connected'], ['connected']])
}

it('a server that delivers nothing where it belongs keeps two devices apart, and does nothing else', async () => {
  await setUp(1, { dropped: 1, late: 0, doubled: 0 })
  await stage.pass(180_000)
  expect(boxes().length).toBeGreaterThan(20)
  expect(new Set(boxes())).toEqual(new Set(['signal-forged']))
  expect(stage.notes()).toEqual(SECRETS.map((words) => [words]))
  expect(stage.devices.map(({ engine }) => engine.store.getStatus().signalingConnected)).toEqual([true, true])
  expect(stage.frames()).toBe(0)
  expectNothingRead()
  await relent()
})

it.each([1, 2, 3, 4, 5, 6])(
  'one that drops, delays, doubles and misaddresses everything costs time, and no more: seed %i',
  async (seed) => {
    await setUp(seed, { dropped: 0.3, late: 0.6, doubled: 0.7 })
    await stage.pass(240_000)
    const outcomes = new Set(boxes())
    expect([...outcomes].toSorted()).toEqual(['opened', 'signal-forged', 'signal-replayed'])
    // Each box that a device made was heard once at most.
    expect(opened()).toBeLessThanOrEqual(stage.post.boxes.length)
    for (const words of stage.notes().flat()) expect(SECRETS).toContain(words)
    expectNothingRead()
    await relent()
  },
)
