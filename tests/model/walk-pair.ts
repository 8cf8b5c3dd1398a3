import { createWorld } from '#world/create-world'
import type { World } from '#world/types'
import { WaitedTooLong } from '#world/waited-too-long'
import { type Side, sides, type Writes, writeOnEach } from './compare-pair.ts'
import { comeToRest, DEEDS } from './drive-pair.ts'
import type { Heard } from './heard.ts'
import { ACTIONS, type Action } from './pair-actions.ts'
import { BEGINNING, isLinked, NAMES, type Pair } from './pair.ts'
import { type Step, toursOf } from './tours.ts'

export type PairStep = Step<Pair, Action>

/** What came of one transition of the model in a world of two engines. */
export interface Outcome {
  readonly predicted: readonly Side[]
  readonly shown: readonly Side[]
  /** Everything that happened before, this included, and the world's seed: to play it again. */
  readonly history: string
  /** The charts did not come to rest. */
  readonly restless: boolean
}

export interface PairWalk {
  readonly states: number
  readonly transitions: readonly PairStep[]
  readonly outcomes: ReadonlyMap<PairStep, Outcome>
  readonly counts: { readonly worlds: number; readonly steps: number }
}

/** The longest way through one world. */
const LONGEST = 40
/** Ways that ended before anything new was seen: then what is left is left. */
const MOST_IN_VAIN = 20
/** What is on its way between linked devices arrives. */
const DELIVERY_MS = 1_000

const pairTours = () =>
  toursOf<Pair, Action>({
    beginning: BEGINNING,
    actions: ACTIONS,
    when: (action, pair) => action.when(pair),
    next: (action, pair) => action.rest(pair),
  })

/** One world, and what is known of it beside the model. */
interface Stage {
  readonly world: World
  readonly seed: number
  readonly heard: Heard
  readonly did: string[]
  writes: Writes
}

/** Everything written so far is on both. */
const share = (stage: Stage): void => {
  stage.writes = { made: stage.writes.made, shared: { ...stage.writes.made } }
}

/** True where the charts came to rest after it. */
const perform = async (stage: Stage, { from, action, to }: PairStep): Promise<boolean> => {
  const { world, heard, did } = stage
  const deed = DEEDS[action.name]
  if (deed === undefined) throw new Error(`nobody knows how to ${action.name}`)
  did.push(action.name)
  await writeOnEach(world, stage.writes)
  if (isLinked(from)) {
    await world.pass(DELIVERY_MS)
    share(stage)
  }
  for (const name of NAMES) if (action.name === `start ${name}`) heard.watch(world.device(name).engine)
  await deed(world)
  if (isLinked(to)) share(stage)
  return comesToRest(world)
}

const comesToRest = async (world: World): Promise<boolean> => {
  try {
    await comeToRest(world)
    return true
  } catch (error) {
    if (error instanceof WaitedTooLong) return false
    throw error
  }
}

const outcomeOf = async (stage: Stage, step: PairStep): Promise<Outcome> => {
  const restless = !(await perform(stage, step))
  const history = `seed ${stage.seed}: ${stage.did.join(' > ')}`
  return { ...sides(stage.world, step.to, stage.writes), history, restless }
}

export const isAsPredicted = ({ predicted, shown, restless }: Outcome): boolean =>
  !restless && JSON.stringify(predicted) === JSON.stringify(shown)

/** One world after another, until nothing new is left. */
class PairWalker {
  readonly #heard: Heard
  readonly #tours = pairTours()
  readonly #outcomes = new Map<PairStep, Outcome>()
  #worlds = 0
  #steps = 0

  constructor(heard: Heard) {
    this.#heard = heard
  }

  async walk(): Promise<PairWalk> {
    for (let vain = 0; vain < MOST_IN_VAIN && this.#tours.wayToNew(BEGINNING).length > 0; ) {
      const before = this.#outcomes.size
      await this.#tour(++this.#worlds)
      vain = this.#outcomes.size > before ? 0 : vain + 1
    }
    const { states, transitions } = this.#tours
    const counts = { worlds: this.#worlds, steps: this.#steps }
    return { states, transitions, outcomes: this.#outcomes, counts }
  }

  async #tour(seed: number): Promise<void> {
    const world = createWorld({ seed, peers: 2 })
    const writes = { made: { a: 0, b: 0 }, shared: { a: 0, b: 0 } }
    const stage: Stage = { world, seed, heard: this.#heard, did: [], writes }
    for (let at: Pair | undefined = BEGINNING; at !== undefined && stage.did.length < LONGEST; )
      at = await this.#goOn(stage, at)
    await world.stop()
  }

  /** Takes one step to what is new; where it leads, if people see there what the model says. */
  async #goOn(stage: Stage, at: Pair): Promise<Pair | undefined> {
    const [step] = this.#tours.wayToNew(at)
    if (step === undefined) return undefined
    const outcome = await outcomeOf(stage, step)
    this.#steps += 1
    this.#tours.take(step)
    // A step is taken again on the way to others: once wrong is wrong, however well it goes later.
    const before = this.#outcomes.get(step)
    if (before === undefined || isAsPredicted(before)) this.#outcomes.set(step, outcome)
    return isAsPredicted(outcome) ? step.to : undefined
  }
}

/**
 * Drives two real engines through every transition of the model. Each world goes on from one transition to the nearest
 * that is new; it ends where people see something else than the model says, or where the charts come to no rest.
 */
export const walkPair = (heard: Heard): Promise<PairWalk> => new PairWalker(heard).walk()
