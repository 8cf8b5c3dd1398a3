import { afterEach, expect, test, vi } from 'vitest'
import { millRecording, recordedMill } from '../recording.testing.ts'
import type { InspectRecord, Recording } from '../records.types.ts'
import { eventTypes, listedEvents, NO_FILTER } from './event-filter.ts'
import { eventLines } from './event-lines.ts'
import { createMoments, liveMoment } from './moments.ts'
import { panelDevices, type PanelSource } from './panel-devices.ts'
import { settledPlace } from './settled-place.ts'
import { createTimeline, type TimelineView, withNews } from './timeline.ts'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

const timelineOf = (source: PanelSource) => {
  const timeline = createTimeline(panelDevices(source))
  ends.push(timeline.start())
  return timeline
}
const viewOf = (source: PanelSource): TimelineView => timelineOf(source).view()
const typesAt = ({ entries }: TimelineView, places: readonly number[]) =>
  places.map((place) => {
    const record = entries[place]?.record
    return record && 'type' in record ? record.type : record?.kind
  })

/** A recording of events of nobody's in particular, at these times. */
const at = (...times: readonly number[]): Recording => ({
  format: 'fieldmesh-recording',
  version: 1,
  peerId: '',
  before: {},
  dropped: 0,
  records: times.map((time, n): InspectRecord => ({ kind: 'event', n, at: time, actor: 'x', type: `t${time}` })),
  charts: [],
})

test('records of several devices stand in the order of time, and those of one keep their own', () => {
  const { entries } = viewOf([at(10, 30, 20), at(15, 25, 40)])
  expect(entries.map(({ device, record }) => `${device.at(-1)}:${record.at}`)).toEqual([
    '1:10',
    '2:15',
    '2:25',
    '1:30',
    '1:20',
    '2:40',
  ])
})

test('news that are older than the last ones are put where they belong', () => {
  const entry = (device: string, time: number) => ({ device, at: time, record: at(time).records[0] as InspectRecord })
  const { entries, fresh } = withNews([entry('a', 1), entry('a', 5), entry('a', 9)], [entry('b', 4), entry('b', 10)])
  expect(entries.map(({ at: time }) => time)).toEqual([1, 4, 5, 9, 10])
  expect(fresh).toBe(1)
})

test('what a recorder notes is told, and the actors follow', async () => {
  const { actor, recorder } = recordedMill()
  const timeline = timelineOf(recorder)
  const before = timeline.view()
  const told = new Promise<void>((resolve) => ends.push(timeline.subscribe(resolve)))
  actor.send({ type: 'grind' })
  await told
  const after = timeline.view()
  expect(after.entries.length).toBeGreaterThan(before.entries.length)
  expect(after.entries).not.toBe(before.entries)
  const [actors] = liveMoment(after).actors.values()
  expect(actors?.[actor.sessionId]?.states).toContain('mill.grinding')
  recorder.detach()
  actor.stop()
})

test('what the recorder forgot is forgotten here too, and the numbers go on', async () => {
  const { actor, recorder } = recordedMill({ maxBytes: 64 * 1_024 })
  const timeline = timelineOf(recorder)
  const rounds = 3_000
  const last = () => timeline.view().entries.at(-1)?.record.n ?? 0
  for (let round = 0; round < rounds; round++) actor.send({ type: round % 2 === 0 ? 'grind' : 'rest' })
  await vi.waitFor(() => expect(last()).toBeGreaterThan(rounds))
  const { entries } = timeline.view()
  expect(entries.length).toBeLessThan(3_000)
  const numbers = entries.map(({ record }) => record.n)
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  recorder.detach()
  actor.stop()
})

test('at every place the actors are as the recorder saw them then', () => {
  const view = viewOf(millRecording(5))
  const momentAt = createMoments(view)
  const countAt = (place: number) => {
    const [actors = {}] = momentAt(place).actors.values()
    const mill = Object.values(actors).find(({ machine }) => machine === 'mill')
    return (mill?.context as { readonly count: number } | undefined)?.count
  }
  const grinds = listedEvents(view, { ...NO_FILTER, type: 'grind' })
  expect(grinds.map((place) => countAt(settledPlace(view, place)))).toEqual([1, 2, 3, 4, 5])
  expect(countAt(-1)).toBe(0)
})

test('events are found by type, words, actor, and what went wrong', () => {
  const view = viewOf(millRecording(4))
  const find = (filter: Partial<typeof NO_FILTER>) => typesAt(view, listedEvents(view, { ...NO_FILTER, ...filter }))
  expect(find({ type: 'grind' })).toEqual(['grind', 'grind', 'grind', 'grind'])
  expect(find({ text: 'WHEEL turn' })).toEqual(['turn', 'turn', 'turn', 'turn'])
  expect(find({ text: 'nowhere to be found' })).toEqual([])
  expect(find({ problems: true })).toEqual([])
  const [wheel] = Object.values(view.devices[0]?.log?.actors() ?? {}).filter(({ id }) => id === 'wheel')
  expect(new Set(find({ actor: { device: 'device-1', actor: wheel?.actor ?? '' } }))).toEqual(new Set(['turn']))
  const { at: since } = view.entries[listedEvents(view, NO_FILTER)[5] ?? 0] ?? { at: 0 }
  expect(listedEvents(view, { ...NO_FILTER, since })).toEqual(listedEvents(view, NO_FILTER).slice(6))
  expect(eventTypes(view)).toEqual(['grind', 'rest', 'spin', 'turn'])
})

test('events are found by what actors are called in the list, which changes as devices come', () => {
  const actor = { actor: 'x', id: 'peer:p-2-and-more', status: 'active', states: [], last: [] } as const
  const told = { ...at(1), before: { x: actor } }
  const find = (view: TimelineView, text: string) => listedEvents(view, { ...NO_FILTER, text })
  expect(find(viewOf([told, { ...at(), peerId: 'p-2-and-more', name: 'Ben’s phone' }]), 'peer ben’s PHONE')).toEqual([
    0,
  ])
  const alone = viewOf([told, at()])
  expect([find(alone, 'ben’s'), find(alone, 'peer p-2-an'), find(alone, 'peer:p-2-and-more')]).toEqual([[], [0], [0]])
})

test('events are found by what they carry', () => {
  const [one, other] = at(1, 2).records
  const records = [{ ...one, payload: { reason: 'Timeout' } }, other] as readonly InspectRecord[]
  expect(listedEvents(viewOf({ ...at(), records }), { ...NO_FILTER, text: 'timeout' })).toEqual([0])
})

test('ended, it listens to no recorder any more', () => {
  const left = vi.fn<() => void>()
  const { actor, recorder } = recordedMill()
  const timeline = createTimeline(panelDevices({ ...recorder, subscribe: () => left }))
  const stop = timeline.start()
  expect(left).not.toHaveBeenCalled()
  stop()
  expect(left).toHaveBeenCalledOnce()
  recorder.detach()
  actor.stop()
})

test('types of one speaker can be listed together', () => {
  const spoken = { ...at(1, 2, 3) }
  const types = ['link.opened', 'link.closed', 'peer.present']
  const records = spoken.records.map((record, index) => ({ ...record, type: types[index] ?? '' }) as InspectRecord)
  const view = viewOf({ ...spoken, records })
  expect(eventTypes(view)).toEqual(['link.', 'link.closed', 'link.opened', 'peer.present'])
  expect(listedEvents(view, { ...NO_FILTER, type: 'link.' })).toEqual([0, 1])
})

test('an event that tells of a fault is a problem', () => {
  const [record] = at(1).records
  const view = viewOf({
    ...at(1),
    records: [
      { ...record, payload: { fault: 'link-silent' } } as InspectRecord,
      { ...record, n: 1, payload: { fault: null } } as InspectRecord,
    ],
  })
  expect(listedEvents(view, { ...NO_FILTER, problems: true })).toEqual([0])
})

test('the transitions of an event are listed under it, with the state they led to', () => {
  const view = viewOf(millRecording(1))
  const listed = listedEvents(view, { ...NO_FILTER, type: 'grind' })
  const lines = eventLines(view, listed, () => true)
  expect(lines.map((line) => (line.kind === 'step' ? line.transition : line.kind))).toEqual([
    'event',
    'mill.idle --grind[0]--> mill.grinding',
  ])
  expect(eventLines(view, listed, () => false)).toHaveLength(1)
})

test('a device that goes takes its records along', () => {
  const [one, other] = [recordedMill(), recordedMill()]
  const listeners = new Set<() => void>()
  const all = [one, other].map(({ recorder }, index) => ({ device: `d${index}`, source: recorder }))
  let devices = all
  const timeline = timelineOf({
    devices: () => devices,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  })
  one.actor.send({ type: 'grind' })
  devices = all.slice(1)
  for (const listener of listeners) listener()
  const view = timeline.view()
  expect(view.devices.map(({ key }) => key)).toEqual(['d1'])
  expect(view.entries.every(({ device }) => device === 'd1')).toBe(true)
  for (const { actor, recorder } of [one, other]) {
    recorder.detach()
    actor.stop()
  }
})
