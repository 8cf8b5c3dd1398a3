/** Figures of one link at one moment: sizes, times, counts and kinds; never an address. */
export type LinkFigures = Readonly<Record<string, string | number | boolean>>

/** A link as a tap sees it. */
export interface TappedLink {
  readonly peerId: string
  readonly connId: string
  /** Asks the browser; undefined where it does not tell. Never rejects. */
  readonly figures: () => Promise<LinkFigures | undefined>
}

/** What the transport tells of a tapped link. */
export interface LinkTapping {
  /** It opened. */
  readonly opened: () => void
  readonly gone: () => void
}

/** Told of every link from its first moment. Asking for its figures, and when, is the tap's own affair. */
export type LinkTap = (link: TappedLink) => LinkTapping
