/** A transition of a system: what happens where, and where it leads. */
export interface Step<State, Action> {
  readonly from: State
  readonly action: Action
  readonly to: State
}

interface System<State, Action> {
  readonly beginning: State
  readonly actions: readonly Action[]
  readonly when: (action: Action, state: State) => boolean
  readonly next: (action: Action, state: State) => State
}

/** All states and transitions of a system, and the ways to those that nobody took yet. */
export interface Tours<State, Action> {
  readonly states: number
  readonly transitions: readonly Step<State, Action>[]
  /** The shortest way from a state to a transition not yet taken, that one included; empty where none is left. */
  wayToNew(from: State): readonly Step<State, Action>[]
  take(step: Step<State, Action>): void
}

const keyOf = (state: unknown): string => JSON.stringify(state)

const graphOf = <State, Action>({ beginning, actions, when, next }: System<State, Action>) => {
  const graph = new Map<string, readonly Step<State, Action>[]>()
  const open = [beginning]
  for (let state = open.shift(); state !== undefined; state = open.shift()) {
    if (graph.has(keyOf(state))) continue
    const from = state
    const steps = actions.filter((each) => when(each, from)).map((action) => ({ from, action, to: next(action, from) }))
    graph.set(keyOf(from), steps)
    open.push(...steps.map(({ to }) => to))
  }
  return graph
}

/** Explores a system, breadth first. States are plain JSON and told apart by it. */
export const toursOf = <State, Action>(system: System<State, Action>): Tours<State, Action> => {
  const graph = graphOf(system)
  const transitions = [...graph.values()].flat()
  const left = new Set(transitions)
  const wayToNew = (from: State) => {
    const seen = new Set<string>()
    const open: { at: State; way: readonly Step<State, Action>[] }[] = [{ at: from, way: [] }]
    for (let place = open.shift(); place !== undefined && left.size > 0; place = open.shift()) {
      const { at, way } = place
      if (seen.has(keyOf(at))) continue
      seen.add(keyOf(at))
      const onward = graph.get(keyOf(at)) ?? []
      const fresh = onward.find((step) => left.has(step))
      if (fresh) return [...way, fresh]
      open.push(...onward.map((step) => ({ at: step.to, way: [...way, step] })))
    }
    return []
  }
  return { states: graph.size, transitions, wayToNew, take: (step) => void left.delete(step) }
}
