import { beforeAll, expect, test } from 'vitest'
import { brokenDoor } from '../../stories/inspector/broken-door.ts'
import { meeting } from '../../stories/inspector/recorded-world.ts'
import { readFieldRecording } from '../../stories/stage/field-recording-read.ts'
import type { FieldRecording } from '../../stories/stage/field-recording.types.ts'

const [ANNA, BEN] = ['Anna’s tablet', 'Ben’s phone'] as const
let recording: FieldRecording
beforeAll(async () => {
  recording = readFieldRecording(await meeting())
})
const captions = () => recording.moments.map(({ caption }) => caption)
const atOf = (caption: string) => recording.moments.find((moment) => moment.caption === caption)?.at ?? Number.NaN

test('tells what several devices did as one course, in plain words, with the step of the machines', () => {
  expect(captions().join('\n')).not.toMatch(/→|xstate/)
  expect(captions()).toContain(`${ANNA} introduces itself to ${BEN}`)
  const steps = recording.moments.flatMap(({ happened }) => happened.map(({ step }) => step))
  expect(steps).toContain(`${ANNA} → ${BEN}: hello`)
})

test('devices stand in one time: nothing arrives before it is sent, and both notice the wall together', () => {
  const times = recording.moments.map(({ at }) => at)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  const stumbled = [`${ANNA}, link to ${BEN}`, `${BEN}, link to ${ANNA}`].map((who) =>
    atOf(`${who}: The direct connection stumbled and is being repaired.`),
  )
  expect(Math.abs((stumbled[0] ?? 0) - (stumbled[1] ?? 0))).toBeLessThan(100)
})

test('shows each device as it was at a place, and both at the same moment', () => {
  const placeOf = (caption: string) => recording.moments.find((moment) => moment.caption === caption)?.place ?? -1
  const states = (place: number) =>
    recording.devicesAt(place).map(({ status }) => status?.peers.map(({ state }) => state).join() ?? '')
  expect(states(-1)).toEqual(['', ''])
  expect(states(recording.view.entries.length - 1)).toEqual(['connected', 'connected'])
  const wall = placeOf(`${BEN}, link to ${ANNA}: The direct connection stumbled and is being repaired.`)
  expect(states(wall)).toContain('recovering')
  expect(states(wall - 1)).not.toEqual(states(wall))
})

test('a machine of nobody’s in particular is told by its own sentences', () => {
  const { moments } = readFieldRecording([brokenDoor()])
  const all = moments.flatMap(({ happened }) => happened.map(({ says }) => says))
  expect(all).toContain('A door: Everybody passes.')
  expect(all.join('\n')).toContain('an open door is never locked')
})
