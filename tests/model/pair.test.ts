import { beforeAll, describe, expect, test } from 'vitest'
import { ACTIONS } from './pair-actions.ts'
import { DEEDS } from './drive-pair.ts'
import { createHeard } from './heard.ts'
import type { Pair } from './pair.ts'
import { isAsPredicted, type PairWalk, walkPair } from './walk-pair.ts'

const heard = createHeard()
let walk: PairWalk
beforeAll(async () => {
  walk = await walkPair(heard)
  const { states, transitions, counts } = walk
  console.info(
    `two peers, a link, a server: ${states} states, ${transitions.length} transitions, taken by two real engines in ${counts.steps} steps through ${counts.worlds} worlds`,
  )
  for (const [id, { events, kinds }] of Object.entries(heard.counts))
    console.info(`${id}: ${events} events of ${kinds} kinds heard in these worlds`)
}, 600_000)

const wordsOf = (pair: Pair): string => {
  const device = ({ power, room, other }: Pair['a']) => `${power}, ${room}, ${other}`
  return `a ${device(pair.a)} · b ${device(pair.b)} · server ${pair.server} · road ${pair.road}`
}

describe('two real engines do what the model of two peers, a link and a server says', () => {
  test('every transition was taken', () => {
    const missed = walk.transitions.filter((step) => !walk.outcomes.has(step))
    expect(missed.map(({ from, action }) => `${action.name} from ${wordsOf(from)}`)).toEqual([])
  })

  test('people see what it says', () => {
    const wrong = [...walk.outcomes].filter(([, outcome]) => !isAsPredicted(outcome))
    expect(
      wrong.map(([{ to }, { history, shown, predicted }]) => ({ to: wordsOf(to), history, shown, predicted })),
    ).toEqual([])
  })

  test('and everything comes to rest', () => {
    const restless = [...walk.outcomes.values()].filter((outcome) => outcome.restless)
    expect(restless.map(({ history }) => history)).toEqual([])
  })

  test('each action of the model is one that the world knows', () => {
    expect(ACTIONS.map(({ name }) => name).sort()).toEqual(Object.keys(DEEDS).sort())
  })
})

describe('the rules of history are true to life', () => {
  test('no chart of these engines ever heard what they call impossible', () => {
    expect([...heard.impossible]).toEqual([])
  })

  test('and they were asked often, about every machine', () => {
    const asked = Object.entries(heard.counts).filter(([, { events, kinds }]) => events > 100 && kinds > 5)
    expect(asked.map(([id]) => id).sort()).toEqual(['signaling', 'sync-engine', 'sync-mesh', 'sync-peer'])
    expect(heard.counts).toHaveProperty('reassembly')
  })
})
