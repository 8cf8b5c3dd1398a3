/** Which way a chart is read. */
export type ChartDirection = 'right' | 'down'

/** A place in the drawing; px, the origin is its top left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rectangle in the drawing. */
export interface Area extends Point {
  readonly width: number
  readonly height: number
}

/** One line of text for one transition, or for several that read the same. */
export interface ChartLine {
  /** Ids of the transitions it stands for; none for a line such as `+ 3 more` whose transitions are in `more`. */
  readonly transitions: readonly string[]
  /** The event; '' where the guard says it all. */
  readonly event: string
  /** With its brackets. */
  readonly guard?: string
  /** How long, or how many: `30 s`, `×3`. */
  readonly aside?: string
  /** A line that stands for those that there was no room for. */
  readonly rest?: true
  readonly width: number
}

/** An actor that a state invokes or spawns, as it is shown in its box. */
export interface Chip extends Area {
  readonly id: string
  readonly text: string
  readonly how: 'invoked' | 'spawned'
}

/** What stands in a state's box; places are relative to the box. */
export interface BoxParts {
  readonly title: string
  /** What is folded away, such as `12 states`. */
  readonly note?: string
  readonly chips: readonly Chip[]
  /** Transitions that stay in the state. */
  readonly lines: readonly ChartLine[]
  /** Where the first line stands. */
  readonly linesTop: number
  /** The least room it needs. */
  readonly width: number
  readonly height: number
}

/** A state, placed. */
export interface PlacedBox extends Area {
  readonly id: string
  readonly parent?: string
  readonly depth: number
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history'
  /** A region of a parallel state. */
  readonly region: boolean
  /** `none`: there is nothing in it to fold. */
  readonly fold: 'none' | 'open' | 'closed'
  readonly parts: BoxParts
  /** Transitions that happen wholly within it, unseen while it is folded. */
  readonly inside: readonly string[]
}

/** One arrow, with the lines of all transitions that lead the same way. */
export interface PlacedEdge {
  readonly id: string
  readonly source: string
  readonly target: string
  /** From the border of the source to that of the target, around corners. */
  readonly points: readonly Point[]
  /** Where the lines stand; without size where there are none. */
  readonly label: Area
  readonly lines: readonly ChartLine[]
}

/** The dot where a state begins, and the arrow from it. */
export interface PlacedStart {
  /** The state that begins here. */
  readonly parent: string
  readonly dot: Point
  readonly points: readonly Point[]
}

/** A chart, placed: plain data, all in px from the drawing's top left corner. Parents come before their children. */
export interface ChartLayout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedBox[]
  readonly edges: readonly PlacedEdge[]
  readonly starts: readonly PlacedStart[]
}
