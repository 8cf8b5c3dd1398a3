import { createRecorder } from '#inspector/create-recorder'
import { createRecordingReader } from '#inspector/recording-reader'
import { parseRecording } from '#inspector/parse-recording'
import type { Recorder } from '#inspector/recorder.types'
import { foldRecords } from '#inspector/fold-records'
import { isPeerId } from '#model/identity'
import { createWorld } from '#world/create-world'
import type { World } from '#world/types'
import { expect, test } from 'vitest'

const MARKERS = [
  'the gate is stuck',
  'Zoltán Müller',
  'meter-behind-the-shed',
  'remark-of-the-fitter',
  'visit to the cellar',
]
const [GATE = '', OWNER = '', ID = '', FIELD = '', TYPE = ''] = MARKERS

const start = async (seed: number) => {
  const world = createWorld({ seed, peers: 3 })
  const recorders = world.devices.map(({ engine, name }) => createRecorder(engine, { name }))
  await world.start()
  return { world, recorders }
}
const writeAll = async (world: World): Promise<void> => {
  for (const [at, { engine }] of world.devices.entries()) {
    await world.settle(engine.put(TYPE, ID, { [FIELD]: `${GATE} ${at}`, owner: OWNER, kind: 'entries', n: at }))
    await world.settle(engine.put(TYPE, `${ID} ${at}`, { [FIELD]: { [OWNER]: [GATE] } }))
  }
}
const textOf = (recorders: readonly Recorder[]): string => JSON.stringify(recorders.map((each) => each.recording()))

test.each([1, 2, 3])(
  'a world of three devices with faults, seed %d: recordings hold nothing of what people wrote',
  async (seed) => {
    const { world, recorders } = await start(seed)
    await world.until('all are linked', () =>
      world.devices.every(
        ({ engine }) => engine.store.getStatus().peers.filter(({ state }) => state === 'connected').length === 2,
      ),
    )
    await writeAll(world)
    world.network.cut('a', 'b')
    await world.pass(20_000)
    await writeAll(world)
    await world.quiesce()
    const text = textOf(recorders)
    const sessions = ['AQAEAAAA', 'AQEEAAAA', 'AQQAAAA']
    const secrets = [...MARKERS, ...sessions, 'the room of the world', 'v=0', 'ice-ufrag', 'ws://server']
    expect(secrets.filter((bare) => text.includes(bare))).toEqual([])
    expect(world.devices.map(({ engine }) => engine.record(TYPE, ID)?.value['owner'])).toEqual([OWNER, OWNER, OWNER])
    await world.stop()
    expect(secrets.filter((bare) => textOf(recorders).includes(bare))).toEqual([])
  },
)

test('a recording tells the whole of it: births, words between actors, states, on the device’s own clock', async () => {
  const { world, recorders } = await start(4)
  await writeAll(world)
  await world.quiesce()
  const [recorder] = recorders
  const [device] = world.devices
  if (!recorder || !device) throw new Error('no device')
  const recording = parseRecording(JSON.stringify(recorder.recording()))
  expect(isPeerId(recording.peerId)).toBe(true)
  expect(recording.peerId).toBe(device.engine.peerId)
  expect(recording.charts.map(({ id }) => id)).toEqual(['sync-engine', 'sync-mesh', 'signaling', 'sync-peer'])
  expect(recording.records.filter(({ kind }) => kind === 'law' || kind === 'fault')).toEqual([])
  expect(new Date(recording.records[0]?.at ?? 0).toISOString()).toMatch(/^2026-01-01T00:00/)

  const states = new Set(recording.charts.flatMap(({ root }) => idsOf(root)))
  const transitions = new Set(recording.charts.flatMap((chart) => chart.transitions.map(({ id }) => id)))
  const named = recording.records.flatMap((record) => (record.kind === 'step' ? record.transitions : []))
  const entered = recording.records.flatMap((record) => (record.kind === 'snapshot' ? (record.states ?? []) : []))
  expect([named.length > 50, entered.length > 50]).toEqual([true, true])
  expect(named.filter((id) => !transitions.has(id))).toEqual([])
  expect(entered.filter((id) => !states.has(id))).toEqual([])
  const reader = createRecordingReader(recording)
  const peers = Object.values(reader.actorsAt(reader.end)).filter(
    ({ machine, status }) => machine === 'sync-peer' && status === 'active',
  )
  expect(peers.map(({ states: active }) => active.some((id) => id.includes('connected')))).toEqual([true, true])
  expect(foldRecords(recording.before, recording.records)).toEqual(recorder.actors())
  await world.stop()
  const left = Object.values(recorder.actors()).filter(({ status }) => status === 'active')
  expect(left.map(({ id, states: active }) => [id, active.at(-1)])).toEqual([[expect.any(String), 'idle']])
})

test('it is the same from one run to the next, but for the names of actors', async () => {
  const run = async () => {
    const { world, recorders } = await start(5)
    await writeAll(world)
    await world.quiesce()
    const lines = recorders.map((each) =>
      each.recording().records.map(({ n, at, kind, ...rest }) => [n, at, kind, 'type' in rest && rest.type]),
    )
    await world.stop()
    return lines
  }
  expect(await run()).toEqual(await run())
})

interface Nested {
  readonly id: string
  readonly states: readonly Nested[]
}
const idsOf = ({ id, states }: Nested): string[] => [id, ...states.flatMap(idsOf)]
