import type { ChartModel, ChartState } from './chart.types.ts'

const indexed = (root: ChartState): Map<string, readonly ChartState[]> => {
  const lines = new Map<string, readonly ChartState[]>()
  const visit = (state: ChartState, above: readonly ChartState[]): void => {
    lines.set(state.id, [...above, state])
    for (const inner of state.states) visit(inner, [...above, state])
  }
  visit(root, [])
  return lines
}

/** The part of a chart that one diagram shows: a state and what is inside it, some of it folded. */
export class MermaidPage {
  readonly top: ChartState
  readonly #folded: ReadonlySet<string>
  /** Each state of the machine with those around it, the outermost first. */
  readonly #lines: ReadonlyMap<string, readonly ChartState[]>

  constructor({ root }: ChartModel, top: string = root.id, folded: Iterable<string> = []) {
    this.#lines = indexed(root)
    this.#folded = new Set(folded)
    this.top = this.#lines.get(top)?.at(-1) ?? root
  }

  /** A state and those around it, from the page's own down to it; nothing for one that is elsewhere. */
  #lineOf(id: string): readonly ChartState[] {
    const line = this.#lines.get(id) ?? []
    const from = line.indexOf(this.top)
    return from === -1 ? [] : line.slice(from)
  }

  /** What stands for a state on this page: itself, the folded state that holds it, or nothing if it is elsewhere. */
  shown(id: string): ChartState | undefined {
    const line = this.#lineOf(id)
    return line.find((state) => this.isFolded(state)) ?? line.at(-1)
  }

  /** A state anywhere in the machine. */
  anywhere(id: string): ChartState | undefined {
    return this.#lines.get(id)?.at(-1)
  }

  /** Keys from the machine's root to the state, itself included. */
  keysOf(id: string): string[] {
    return (this.#lines.get(id) ?? []).map(({ key }) => key)
  }

  isFolded(state: ChartState): boolean {
    return state !== this.top && state.states.length > 0 && this.#folded.has(state.id)
  }

  /** Drawn with its insides. */
  isOpen(state: ChartState): boolean {
    return state.states.length > 0 && !this.isFolded(state)
  }

  /** The state around one that is shown; the page's own for what is outside. */
  around(id: string): ChartState {
    return this.#lineOf(id).at(-2) ?? this.top
  }

  /** True for a state itself and all around it. */
  isWithin(id: string, outer: ChartState): boolean {
    return this.#lineOf(id).includes(outer)
  }
}
