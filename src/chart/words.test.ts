import { expect, test } from 'vitest'
import { wordsOfDuration } from './words-of-duration.ts'
import { eventTypesIn, outermostEventTypesIn, seatsSpawnedIn } from './words-of-source.ts'

test.each([
  [0, '0 ms'],
  [250, '250 ms'],
  [1_000, '1 s'],
  [2_500, '2.5 s'],
  [60_000, '60 s'],
  [300_000, '5 min'],
  [7_200_000, '2 h'],
])('%d ms is %s', (ms, words) => {
  expect(wordsOfDuration(ms)).toBe(words)
})

/** Source as a minifier leaves it. */
const minified = (source: string) => Object.assign(() => {}, { toString: () => source })

test('seats that a function spawns from are read from its source, minified or not', () => {
  const spawning = ({ spawn }: { spawn: (src: string) => unknown }) => [spawn('box'), spawn('box'), spawn('lid')]
  expect(seatsSpawnedIn(spawning)).toEqual(['box', 'lid'])
  expect(seatsSpawnedIn(minified('({enqueue:e})=>{e.spawnChild("peer",{id:t})}'))).toEqual(['peer'])
  expect(seatsSpawnedIn(minified('({spawn:$t,context:e})=>[...e.r,$t(`kid`)]'))).toEqual(['kid'])
  expect(seatsSpawnedIn(minified('e=>e.respawn("no"),spawned("no")'))).toEqual([])
  expect(seatsSpawnedIn('spawn("no")')).toEqual([])
})

test('types of events are read from the source, those of what an event carries only where all are asked for', () => {
  const making = () => ({ type: 'item.add', item: { type: 'fruit' } })
  expect(outermostEventTypesIn(making)).toEqual(['item.add'])
  expect(eventTypesIn(making)).toEqual(['item.add', 'fruit'])
  expect(outermostEventTypesIn(minified('t=>t.ok?{type:"yes"}:{"type":`no`}'))).toEqual(['yes', 'no'])
  expect(eventTypesIn({ type: 'plain' })).toEqual([])
})
