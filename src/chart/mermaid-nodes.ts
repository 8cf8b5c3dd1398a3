import type { ChartModel, ChartState, ChartTransition } from './chart.types.ts'
import { MermaidNames } from './mermaid-names.ts'
import type { MermaidPage } from './mermaid-page.ts'

/** A box of the diagram that arrows begin or end at. */
export interface MermaidNode {
  readonly name: string
  readonly label: string
  /** Id of the state that it is drawn in; '' beside everything. */
  readonly owner: string
}

const crosses = (page: MermaidPage, { states }: ChartState, from: string, to: string): boolean =>
  states.some((region) => page.isWithin(from, region) !== page.isWithin(to, region))

/** An arrow from the edge of a parallel state to another place than its regions is none that crosses them. */
const isAcross = (page: MermaidPage, state: ChartState, { source, targets }: ChartTransition): boolean =>
  targets.some((target) => crosses(page, state, source, target))

/**
 * The boxes of one diagram. Mermaid loses or refuses arrows between a composite state and its insides, from a nested
 * composite to itself, and from or to composites among parallel regions (mermaid-js/mermaid 4052, 4866, 5255, 5560).
 * So arrows begin and end at simple boxes: at the state that a composite begins in, and at a box that stands for any
 * state inside it. A composite itself is an end only where it is parallel and outermost.
 */
export class MermaidNodes {
  readonly page: MermaidPage
  readonly #names = new MermaidNames()
  readonly #transitions: readonly ChartTransition[]
  readonly #extra = new Map<string, MermaidNode>()

  constructor(page: MermaidPage, { transitions }: ChartModel) {
    this.page = page
    this.#transitions = transitions
  }

  /** The box of a state that is shown. */
  stateNode(state: ChartState): MermaidNode {
    const { id, key } = state
    const name = this.#names.of(id, this.page.keysOf(id).slice(1).join('_') || key)
    const label = `${key || '(unnamed)'}${this.page.isFolded(state) ? ' …' : ''}`
    return { name, label, owner: state === this.page.top ? '' : this.page.around(id).id }
  }

  /** Divided by lines; where arrows cross them, its regions are boxes in a box instead. */
  isDivided(state: ChartState): boolean {
    const outermost = state === this.page.top || this.page.around(state.id) === this.page.top
    if (state.type !== 'parallel' || !outermost || !this.page.isOpen(state)) return false
    const nested = state !== this.page.top && this.page.top.type === 'parallel'
    return !nested && !this.#transitions.some((transition) => isAcross(this.page, state, transition))
  }

  /** Where an arrow to a state ends. */
  entry(state: ChartState): MermaidNode {
    if (!this.page.isOpen(state) || this.isDivided(state)) return this.stateNode(state)
    if (state.type === 'parallel') return this.fork(state)
    const first = state.states.find(({ initial }) => initial)
    return first === undefined ? this.stateNode(state) : this.entry(first)
  }

  /** Where an arrow from a state begins. */
  exit(state: ChartState): MermaidNode {
    if (!this.page.isOpen(state) || this.isDivided(state)) return this.stateNode(state)
    const label = state.id === this.page.keysOf(state.id)[0] ? 'any state' : `any of ${state.key}`
    return this.#note(`${state.id} any`, `${this.stateNode(state).name}_any`, label, state.id)
  }

  fork(state: ChartState): MermaidNode {
    return this.#note(`${state.id} fork`, `${this.stateNode(state).name}_fork`, '', state.id)
  }

  /** A start that is a box: Mermaid's own can't lead into a box within. */
  start(state: ChartState): MermaidNode {
    return this.#note(`${state.id} start`, `${this.stateNode(state).name}_start`, '●', state.id)
  }

  /** A state that is not on this page. */
  outside(id: string): MermaidNode {
    const keys = this.page.keysOf(id)
    return this.#note(`${id} outside`, `out_${keys.slice(1).join('_')}`, `↗ ${keys.at(-1) ?? id}`, '')
  }

  /** Boxes beside the states that arrows were given, drawn in the given state. */
  extraIn(owner: string): MermaidNode[] {
    return [...this.#extra.values()].filter((node) => node.owner === owner)
  }

  #note(key: string, wish: string, label: string, owner: string): MermaidNode {
    const node = { name: this.#names.of(key, wish.replace(/^s_/, '')), label, owner }
    this.#extra.set(key, node)
    return node
  }
}
