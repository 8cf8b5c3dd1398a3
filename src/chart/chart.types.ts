/** What a state does when it is an actor's parent: `spawned` by an action, or `invoked` while the state lasts. */
export interface ChartChild {
  readonly id: string
  /** The seat it sits in, as the machine names it. */
  readonly src: string
  readonly how: 'invoked' | 'spawned'
}

/** One state of a chart, with those inside it. */
export interface ChartState {
  /** XState's id of the node, unique in the machine, such as `sync-peer.link.waiting`. */
  readonly id: string
  readonly key: string
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** Its parent begins here. */
  readonly initial: boolean
  readonly description?: string
  readonly tags: readonly string[]
  readonly children: readonly ChartChild[]
  /** Words for what is done on the way in and out. */
  readonly entry: readonly string[]
  readonly exit: readonly string[]
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
