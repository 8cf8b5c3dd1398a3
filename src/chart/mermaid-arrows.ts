import type { ChartState, ChartTransition } from './chart.types.ts'
import type { MermaidNode, MermaidNodes } from './mermaid-nodes.ts'
import { wordsOfCondition } from './words-of-condition.ts'
import { wordsOfDuration } from './words-of-duration.ts'

export interface MermaidArrow {
  readonly from: MermaidNode
  readonly to: MermaidNode
  /** What it is taken on, one for each transition between the two. */
  readonly labels: readonly string[]
}

const wordsOf = (transition: ChartTransition): string => {
  const { kind, label, delay } = transition
  const condition = wordsOfCondition(transition)
  const duration = delay?.ms !== undefined && delay.name !== String(delay.ms) ? ` (${wordsOfDuration(delay.ms)})` : ''
  return [kind === 'always' && condition ? '' : `${label}${duration}`, condition].filter(Boolean).join(' ')
}

const endOf = (nodes: MermaidNodes, target: string): MermaidNode => {
  const state = nodes.page.shown(target)
  return state === undefined ? nodes.outside(target) : nodes.entry(state)
}

const ofTransition = (nodes: MermaidNodes, transition: ChartTransition): MermaidArrow[] => {
  const source = nodes.page.shown(transition.source)
  if (source === undefined) return []
  // what happens within a folded state is told where it is unfolded
  const isHidden = (target: string) => nodes.page.isFolded(source) && nodes.page.shown(target) === source
  return transition.targets
    .filter((target) => !isHidden(target))
    .map((target) => ({ from: nodes.exit(source), to: endOf(nodes, target), labels: [wordsOf(transition)] }))
}

const opens = (nodes: MermaidNodes, state: ChartState): boolean => nodes.page.isOpen(state) && !nodes.isDivided(state)

/** From a start or a fork to where it leads, which may lie deep inside. */
const ofBeginning = (nodes: MermaidNodes, state: ChartState): MermaidArrow[] => {
  if (!nodes.page.isOpen(state)) return ofHistory(nodes, state)
  const inner = state.states.flatMap((child) => ofBeginning(nodes, child))
  if (state.type === 'parallel') {
    const to = nodes.isDivided(state) ? [] : state.states.map((region) => nodes.entry(region))
    return [...to.map((node) => ({ from: nodes.fork(state), to: node, labels: [] })), ...inner]
  }
  const first = state.states.find(({ initial }) => initial)
  if (first === undefined || !opens(nodes, first)) return inner
  return [{ from: nodes.start(state), to: nodes.entry(first), labels: [] }, ...inner]
}

const ofHistory = (nodes: MermaidNodes, state: ChartState): MermaidArrow[] =>
  (state.defaultTargets ?? []).map((target) => ({
    from: nodes.stateNode(state),
    to: endOf(nodes, target),
    labels: ['nothing to remember'],
  }))

/** All arrows of a diagram, those between the same two boxes as one. */
export const mermaidArrows = (nodes: MermaidNodes, transitions: readonly ChartTransition[]): MermaidArrow[] => {
  const arrows = [
    ...ofBeginning(nodes, nodes.page.top),
    ...transitions.flatMap((transition) => ofTransition(nodes, transition)),
  ]
  const merged = new Map<string, MermaidArrow>()
  for (const arrow of arrows) {
    const key = `${arrow.from.name} ${arrow.to.name}`
    const labels = [...(merged.get(key)?.labels ?? []), ...arrow.labels]
    merged.set(key, { ...arrow, labels: [...new Set(labels)] })
  }
  return [...merged.values()]
}
