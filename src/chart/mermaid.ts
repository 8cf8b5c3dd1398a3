import type { ChartModel, ChartState } from './chart.types.ts'
import { type MermaidArrow, mermaidArrows } from './mermaid-arrows.ts'
import { MermaidNodes } from './mermaid-nodes.ts'
import { MermaidPage } from './mermaid-page.ts'
import { mermaidText } from './mermaid-text.ts'

export interface MermaidOptions {
  /** Id of the state to draw; by default the whole machine. What lies outside of it is drawn where arrows lead there. */
  readonly top?: string
  /** Ids of states to draw as plain boxes, whatever is inside them. */
  readonly folded?: Iterable<string>
}

/** Lines of one arrow's label; the rest is counted. */
const LABEL_LINES = 6

const labelOf = (labels: readonly string[]): string => {
  const shown = labels.length > LABEL_LINES ? labels.slice(0, LABEL_LINES - 1) : labels
  const rest = labels.length - shown.length
  return [...shown.map(mermaidText), ...(rest > 0 ? [`and ${rest} more`] : [])].filter(Boolean).join('<br/>')
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`)

/** Writes one diagram down. */
class MermaidWriter {
  readonly #nodes: MermaidNodes
  readonly #arrows: readonly MermaidArrow[]

  constructor(nodes: MermaidNodes, model: ChartModel) {
    this.#nodes = nodes
    this.#arrows = mermaidArrows(nodes, model.transitions)
  }

  write(): string[] {
    const { top } = this.#nodes.page
    const isWrapped = top.type === 'parallel' || top.states.length === 0
    const whole = isWrapped ? this.#stateLines(top) : this.#insides(top)
    return [
      'stateDiagram-v2',
      ...indented([...whole, ...this.#extras(''), ...this.#arrowLines((arrow) => this.#homeOf(arrow) === '')]),
    ]
  }

  /** The state whose lines an arrow stands among: told of a box anywhere else, Mermaid would move it there. */
  #homeOf({ from, to }: MermaidArrow): string {
    return from.owner === to.owner && from.owner !== this.#nodes.page.top.id ? from.owner : ''
  }

  #stateLines(state: ChartState): string[] {
    const { page } = this.#nodes
    const { name, label } = this.#nodes.stateNode(state)
    const declared = `state "${mermaidText(label)}" as ${name}`
    if (page.isOpen(state)) return [`${declared} {`, ...indented(this.#insides(state)), '}']
    if (state.type === 'history') return [`state "${state.history === 'deep' ? 'H#42;' : 'H'}" as ${name}`]
    return [declared, ...(state.type === 'final' ? [`${name} --> [*]`] : [])]
  }

  #insides(state: ChartState): string[] {
    const parts = state.states.map((child) => this.#stateLines(child))
    const rest = [...this.#extras(state.id), ...this.#arrowLines((arrow) => this.#homeOf(arrow) === state.id)]
    if (this.#nodes.isDivided(state)) return parts.flatMap((part, index) => (index === 0 ? part : ['--', ...part]))
    return [...this.#beginning(state), ...parts.flat(), ...rest]
  }

  #beginning(state: ChartState): string[] {
    const first = state.states.find(({ initial }) => initial)
    if (first === undefined) return []
    const { page } = this.#nodes
    const isSimple = !page.isOpen(first) || this.#nodes.isDivided(first)
    return isSimple ? [`[*] --> ${this.#nodes.stateNode(first).name}`] : []
  }

  #extras(owner: string): string[] {
    return this.#nodes
      .extraIn(owner)
      .map(({ name, label }) => (label === '' ? `state ${name} <<fork>>` : `state "${mermaidText(label)}" as ${name}`))
  }

  #arrowLines(isHere: (arrow: MermaidArrow) => boolean): string[] {
    return this.#arrows.filter(isHere).map(({ from, to, labels }) => {
      const label = labelOf(labels)
      return `${from.name} --> ${to.name}${label && ` : ${label}`}`
    })
  }
}

/**
 * A chart as text of a Mermaid `stateDiagram-v2`, such as GitHub draws. Transitions that stay where they are have no
 * arrow; those between the same two states share one.
 *
 * @example
 * toMermaid(describeMachine(doorMachine))
 * // stateDiagram-v2
 * //   [*] --> s_closed
 * //   state "closed" as s_closed
 * //   state "open" as s_open
 * //   s_closed --> s_open : push if isUnlocked
 */
export const toMermaid = (model: ChartModel, { top, folded }: MermaidOptions = {}): string => {
  const nodes = new MermaidNodes(new MermaidPage(model, top, folded), model)
  return `${new MermaidWriter(nodes, model).write().join('\n')}\n`
}
