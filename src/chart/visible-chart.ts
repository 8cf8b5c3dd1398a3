import type { ChartModel, ChartState, ChartTransition } from './chart.types.ts'

/** All transitions that lead from one visible state to another. */
export interface VisibleEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly transitions: readonly ChartTransition[]
}

/** What is left to be drawn when some states are folded. */
export interface VisibleChart {
  readonly edges: readonly VisibleEdge[]
  /** By state: transitions that stay in it. */
  readonly stays: ReadonlyMap<string, readonly ChartTransition[]>
  /** By folded state: ids of the transitions that happen wholly within. */
  readonly inside: ReadonlyMap<string, readonly string[]>
}

/** Each state, and the visible one that stands for it. */
const standIns = (root: ChartState, folded: ReadonlySet<string>): Map<string, string> => {
  const found = new Map<string, string>()
  const walk = (state: ChartState, by?: string): void => {
    found.set(state.id, by ?? state.id)
    const next = by ?? (folded.has(state.id) ? state.id : undefined)
    for (const inner of state.states) walk(inner, next)
  }
  walk(root)
  return found
}

const append = <T>(lists: Map<string, T[]>, key: string, item: T): void => {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

const edgesOf = (byWay: ReadonlyMap<string, readonly ChartTransition[]>): VisibleEdge[] =>
  [...byWay].map(([id, transitions]) => {
    const [source = '', target = ''] = JSON.parse(id) as string[]
    return { id, source, target, transitions }
  })

/**
 * A chart with some of its states folded: transitions from and into what is hidden start and end at the state that
 * hides it, and those that then lead the same way share one edge.
 *
 * @param folded ids of states drawn without what is in them
 */
export const visibleChart = (model: ChartModel, folded: ReadonlySet<string>): VisibleChart => {
  const standIn = standIns(model.root, folded)
  const ways = new Map<string, ChartTransition[]>()
  const stays = new Map<string, ChartTransition[]>()
  const inside = new Map<string, string[]>()
  const place = (transition: ChartTransition, source: string, target: string): void => {
    const visible = [standIn.get(source) ?? source, standIn.get(target) ?? target] as const
    const [from, to] = visible
    if (from !== to) append(ways, JSON.stringify(visible), transition)
    else if (folded.has(from)) append(inside, from, transition.id)
    else append(stays, from, transition)
  }
  for (const transition of model.transitions) {
    const { source, targets } = transition
    if (targets.length === 0) place(transition, source, source)
    for (const target of targets) place(transition, source, target)
  }
  return { edges: edgesOf(ways), stays, inside }
}
