import type { LinkFigures, LinkTap, TappedLink } from '#adapters/webrtc/link-tap'
import type { EngineClock } from './ports.ts'

/** A link is asked for its figures at most this often, ms. */
const EVERY_MS = 5_000

/** Figures of one link at one moment. */
export interface SampledLink {
  readonly peerId: string
  readonly connId: string
  readonly figures: LinkFigures
}

/** Samples the links' figures while somebody listens and there are links; else it does nothing at all. */
export interface LinkWatch {
  readonly tap: LinkTap
  listen(listener: (sampled: SampledLink) => void): () => void
}

interface Watched {
  readonly link: TappedLink
  isAsked: boolean
  /** Asked since the last turn of the timer. */
  isFresh: boolean
}

export const createLinkWatch = (clock: EngineClock): LinkWatch => {
  const links = new Set<Watched>()
  const listeners = new Set<(sampled: SampledLink) => void>()
  let timer: unknown

  const ask = async (watched: Watched): Promise<void> => {
    if (watched.isAsked || watched.isFresh || listeners.size === 0) return
    const { peerId, connId } = watched.link
    watched.isAsked = true
    watched.isFresh = true
    const figures = await watched.link.figures()
    watched.isAsked = false
    if (figures && links.has(watched))
      for (const listener of Array.from(listeners)) listener({ peerId, connId, figures })
  }
  const turn = (): void => {
    timer = undefined
    for (const watched of links) {
      watched.isFresh = false
      void ask(watched)
    }
    arrange()
  }
  /** The timer runs exactly while it is needed. */
  const arrange = (): void => {
    const isNeeded = listeners.size > 0 && links.size > 0
    if (isNeeded === (timer !== undefined)) return
    if (isNeeded) {
      timer = clock.setTimeout(turn, EVERY_MS)
      return
    }
    clock.clearTimeout(timer)
    timer = undefined
  }

  return {
    tap: (link) => {
      const watched: Watched = { link, isAsked: false, isFresh: false }
      links.add(watched)
      arrange()
      return {
        opened: () => void ask(watched),
        gone: () => {
          links.delete(watched)
          arrange()
        },
      }
    },
    listen: (listener) => {
      listeners.add(listener)
      for (const watched of links) void ask(watched)
      arrange()
      return () => {
        listeners.delete(listener)
        arrange()
      }
    },
  }
}

const watches = new WeakMap<object, LinkWatch>()

/** Keeps the watch of an engine's links under the root of its actors: for inspectors, and no part of the engine's face. */
export const keepLinkWatch = (root: object, watch: LinkWatch): void => void watches.set(root, watch)

/** The watch of the links of the engine with this root; undefined for other actors. */
export const linkWatchOf = (root: object): LinkWatch | undefined => watches.get(root)
