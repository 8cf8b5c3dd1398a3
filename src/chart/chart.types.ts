/** What a state does when it is an actor's parent: `spawned` by an action, or `invoked` while the state lasts. */
export interface ChartChild {
  /** Its id among the machine's children; its seat's name where the id is made at run time (`numbered`). */
  readonly id: string
  /** The seat it sits in, as the machine names it. */
  readonly src: string
  readonly how: 'invoked' | 'spawned'
  /** As often as wanted, each under an id made at run time, such as `peer:alice`. */
  readonly numbered?: true
  readonly systemId?: string
  /** Id of the machine in the seat, where one sits there. */
  readonly machine?: string
}

/** One state of a chart, with those inside it. */
export interface ChartState {
  /** XState's id of the node, unique in the machine, such as `sync-peer.link.waiting`. */
  readonly id: string
  readonly key: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** Its parent begins here. Regions of a parallel state all begin, and none is marked. */
  readonly initial: boolean
  readonly description?: string
  readonly tags: readonly string[]
  readonly children: readonly ChartChild[]
  /** Words for what is done on the way in and out. */
  readonly entry: readonly string[]
  readonly exit: readonly string[]
  /** Of a history state: whether it remembers one level of its parent, or all. */
  readonly history?: 'shallow' | 'deep'
  /** Of a history state: where it leads as long as there is nothing to remember. */
  readonly defaultTargets?: readonly string[]
  readonly states: readonly ChartState[]
}

/** How long a chart waits before a transition of kind `after`. */
export interface ChartDelay {
  /** The machine's name for it; where it has none, the ms as text. */
  readonly name: string
  /** ms, where it is always the same. */
  readonly ms?: number
  /** Why so long, where it is known. */
  readonly reason?: string
}

/** One declared transition: one arrow, or none where it stays where it is. */
export interface ChartTransition {
  /** Stable across `.provide()`: source, event, and place among the candidates. The same that a recording names. */
  readonly id: string
  readonly source: string
  /** Empty: it stays in its state. */
  readonly targets: readonly string[]
  readonly kind: 'event' | 'after' | 'always' | 'done' | 'error'
  /** XState's own descriptor of the event; '' for `always`. */
  readonly event: string
  /** The event for people, such as `after backoff`, `openStore done`. */
  readonly label: string
  readonly guard?: string
  readonly delay?: ChartDelay
  readonly actions: readonly string[]
  readonly reenter: boolean
  readonly description?: string
}

/** A machine as plain JSON: everything that a chart shows, nothing that runs. */
export interface ChartModel {
  /** The machine's id. */
  readonly id: string
  readonly root: ChartState
  readonly transitions: readonly ChartTransition[]
}
