import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecorder } from '#inspector/create-recorder'
import type { Recording } from '#inspector/records.types'
import { listedEvents, NO_FILTER } from '#inspector/ui/event-filter'
import { panelDevices } from '#inspector/ui/panel-devices'
import { sequenceOf } from '#inspector/ui/sequence-model'
import { createTimeline, type TimelineView } from '#inspector/ui/timeline'
import { createRandom } from '#sim/random'
import { createWorld } from '#world/create-world'

const noise = (length: number): string => {
  const random = createRandom(1, 'noise')
  return Array.from({ length }, () => String.fromCodePoint(random.int(33, 122))).join('')
}

let view: TimelineView
let stop: () => void
beforeAll(async () => {
  const world = createWorld({ seed: 11, peers: 2 })
  const starting = world.start()
  const recorders = world.devices.map((device) => createRecorder(device.engine, { name: device.name }))
  await starting
  await world.quiesce()
  await world.settle(world.device('a').engine.put('reading', 'm1', { kwh: 1 }))
  // More than one chunk, packed or not.
  await world.settle(world.device('b').engine.put('reading', 'm2', { note: noise(60_000) }))
  await world.pass(5_000)
  const recordings: readonly Recording[] = recorders.map((recorder) => recorder.recording())
  for (const recorder of recorders) recorder.detach()
  await world.stop()
  const timeline = createTimeline(panelDevices(recordings))
  stop = timeline.start()
  view = timeline.view()
})
afterAll(() => stop())

const sequence = (scale: 'actors' | 'devices') => sequenceOf(view, listedEvents(view, NO_FILTER), scale)

test('all that two devices told each other has both its ends, and arrives below where it left', () => {
  const { arrows, lines } = sequence('devices')
  expect(lines.map(({ title }) => title)).toEqual(['a', 'b'])
  const labels = new Set(arrows.map(({ label }) => label.split(' ')[0]))
  expect([...labels]).toEqual(
    expect.arrayContaining(['answer', 'candidate', 'entries', 'hello', 'nudge', 'offer', 'ping', 'pong', 'vector']),
  )
  const last = sequence('devices').rows.length - 1
  const halves = arrows.filter(({ from, to }) => from.line === undefined || to.line === undefined)
  // What was under way when the recording ended.
  expect(halves.every(({ from, to }) => Math.max(from.row, to.row) > last - 4)).toBe(true)
  const whole = arrows.filter((arrow) => !halves.includes(arrow))
  expect(whole.length).toBeGreaterThan(15)
  expect(whole.every(({ from, to }) => from.row < to.row && from.line !== to.line)).toBe(true)
})

test('between actors every event is an arrow, and links join the borders of the two devices in the middle', () => {
  const { arrows, lines, rows } = sequence('actors')
  expect(arrows.filter(({ kind }) => kind === 'event')).toHaveLength(rows.length)
  const titles = lines.map(({ title }) => title)
  const second = lines.findIndex(({ device }) => device !== lines[0]?.device)
  expect(new Set(titles.slice(second - 2, second + 2))).toEqual(new Set(['socket', 'transport']))
  expect(titles).toContain('peer b')
  expect(titles).toContain('peer a')
  const joined = arrows.filter(
    ({ kind, from, to }) => kind !== 'event' && from.line !== undefined && to.line !== undefined,
  )
  for (const { from, to } of joined) expect(titles[from.line ?? -1]).toBe(titles[to.line ?? -1])
})
