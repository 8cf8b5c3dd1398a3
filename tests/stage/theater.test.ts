import { expect, test } from 'vitest'
import { createTheater } from '../../stories/stage/create-theater.ts'
import type { Flow } from '../../stories/stage/flow.types.ts'

const SEED = 5

/** A theater whose screens are there; they are never looked at. */
const opened = (steps: Flow['steps'], people?: Flow['people']) => {
  const flow: Flow = { title: 'Test', says: '', stage: { peers: 2 }, steps, ...(people && { people }) }
  const theater = createTheater({ seed: SEED, peers: 2 }, flow)
  const mount = () => {
    for (const name of ['a', 'b']) theater.mounted(name, {} as HTMLElement)
  }
  return { theater, mount }
}
const meeting: Flow['steps'] = [
  { says: 'They switch on', deed: ({ world }) => world.start(), until: ({ world }) => world.isQuiet() },
  { says: 'Nothing more' },
]

test('a flow is played once, however often it is asked for meanwhile', async () => {
  const { theater, mount } = opened(meeting)
  const first = theater.play({ hurry: true })
  const second = theater.play({ hurry: true })
  mount()
  await Promise.all([first, second])
  expect(theater.performance()).toMatchObject({ state: 'played', step: 1 })
  expect(theater.performance().marks).toHaveLength(2)
  const captions = theater.stage().history.moments.map(({ caption }) => caption)
  expect(captions.filter((caption) => caption === 'They switch on')).toHaveLength(1)
  theater.close()
})

test('each mark leads to the moment that its step began with', async () => {
  const { theater, mount } = opened(meeting)
  const playing = theater.play({ hurry: true })
  mount()
  await playing
  const { history } = theater.stage()
  const marked = theater.performance().marks.map((n) => history.moments.find((moment) => moment.n === n)?.caption)
  expect(marked).toEqual(['They switch on', 'Nothing more'])
  theater.close()
})

test('whoever leaves in the middle of a hurry leaves nothing running', async () => {
  const { theater, mount } = opened([
    {
      says: 'For ever',
      deed: ({ world }) => world.after(1_000, () => theater.close()),
      until: () => false,
    },
  ])
  void theater.play({ hurry: true })
  mount()
  const { world } = theater.stage()
  await expect.poll(() => world.now()).toBe(1_000)
  for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve))
  expect(world.now()).toBe(1_000)
})

test('nor does a plan that turns the clock itself', async () => {
  const { theater, mount } = opened([
    {
      says: 'A plan',
      turns: async ({ world }) => {
        world.after(1_000, () => theater.close())
        world.after(2_000, () => {})
        await world.pass(10_000)
      },
    },
  ])
  void theater.play({ hurry: true })
  mount()
  const { world } = theater.stage()
  await expect.poll(() => world.now()).toBe(1_000)
  for (let turns = 0; turns < 50; turns++) await new Promise((resolve) => setImmediate(resolve))
  expect(world.now()).toBe(1_000)
})

test('every world of a theater has its seed', async () => {
  const { theater, mount } = opened([{ says: 'Nothing' }])
  const playing = theater.play({ hurry: true })
  mount()
  await playing
  const { world } = theater.stage()
  expect(world.seed).toBe(SEED)
  const again = theater.play({ hurry: true })
  mount()
  await again
  expect(theater.stage().world).not.toBe(world)
  expect(theater.stage().world.seed).toBe(SEED)
  theater.close()
})

test('devices are called as the flow calls them, also in what happened', async () => {
  const { theater, mount } = opened(meeting, { a: 'Anna, first tab' })
  const playing = theater.play({ hurry: true })
  mount()
  await playing
  const captions = theater.stage().history.moments.map(({ caption }) => caption)
  expect(captions).toContain('The server lets Anna, first tab into the room')
  theater.close()
})

test('who looks back while a flow plays is not disturbed: its next step waits for now', async () => {
  const { theater, mount } = opened([
    { says: 'They switch on', deed: ({ world }) => world.start(), until: ({ world }) => world.isQuiet() },
    {
      says: 'Somebody looks back',
      deed: (stage) => stage.show(0),
      until: ({ history }) => history.cursor === 0,
    },
    { says: 'It goes on' },
  ])
  const playing = theater.play({ hurry: true })
  mount()
  await expect.poll(() => theater.stage().history.cursor).toBe(0)
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
  expect(theater.performance()).toMatchObject({ state: 'playing', step: 1 })
  theater.stage().show()
  await playing
  expect(theater.performance()).toMatchObject({ state: 'played', step: 2 })
  theater.close()
})
