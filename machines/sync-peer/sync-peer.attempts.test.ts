import { expect, test } from 'vitest'
import { LIMITS } from '#model/limits'
import { attemptName, isLaterAttempt } from './sync-peer.attempts.ts'

const devices = { dialer: 'a', answerer: 'b' }
type Numbers = readonly [epoch: number, generation: number, count: number]
const name = (...[epoch, generation, count]: Numbers) => attemptName({ ...devices, epoch, generation, count })

test.each<readonly [string, Numbers, Numbers, boolean]>([
  ['the next of the same actor', [5, 0, 1], [5, 0, 2], true],
  ['the same', [5, 0, 2], [5, 0, 2], false],
  ['the one before', [5, 0, 2], [5, 0, 1], false],
  ['the first of an actor made anew', [5, 0, 9], [5, 1, 1], true],
  ['a late one of an actor that is gone', [5, 1, 1], [5, 0, 9], false],
  ['the first after a restart', [5, 3, 9], [6, 0, 1], true],
  ['the first after a restart with the clock set back', [5, 3, 9], [4, 0, 1], true],
])('later than the present attempt is %s: %j → %j %s', (_, present, next, later) => {
  expect(isLaterAttempt(name(...next), name(...present), devices)).toBe(later)
})

test.each(['a.b.5.2', 'a.b.5.0.x', 'a.b.5.0.1.1', 'b.a.5.0.2', 'a.b.5.0.12345678901234567', ''])(
  'no attempt of that dialer is %j',
  (text) => {
    expect(isLaterAttempt(text, name(5, 0, 1), devices)).toBe(false)
  },
)

test('the longest name fits where signals carry it', () => {
  const id = 'x'.repeat(22)
  const most = Number.MAX_SAFE_INTEGER
  const longest = attemptName({ dialer: id, answerer: id, epoch: most, generation: most, count: most })
  expect(longest.length).toBeLessThanOrEqual(Math.min(128, LIMITS.idLength))
  expect(isLaterAttempt(longest, '', { dialer: id, answerer: id })).toBe(true)
})
