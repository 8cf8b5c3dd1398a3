import { type CallbackActorLogic, type EventObject, fromCallback } from 'xstate'
import type { PresenceFact, PresenceInput } from '#machines/ports'
import { type WallClock, wallClock } from './clock.ts'
import { startTicker } from './ticker.ts'

/** The parts of a page that presence listens to; each may be missing. */
export interface Page {
  readonly window?: EventTarget
  readonly document?: EventTarget & { readonly visibilityState: string }
  readonly navigator?: {
    readonly onLine?: boolean
    readonly connection?: EventTarget & { readonly type?: string | undefined }
  }
}

export interface PresenceOptions {
  readonly page?: Page
  readonly clock?: WallClock
  /** Ends the listening, whatever became of the actor. */
  readonly signal?: AbortSignal
}

/** How often the timer looks whether the machine slept. */
const LOOK_MS = 5_000
/** A shorter gap is a busy page. */
const GAP_MS = 10_000
/** Browsers run the timers of hidden pages once a minute: only more than that is sleep. */
const HIDDEN_GAP_MS = 75_000

type Tell = (fact: PresenceFact) => void
type Translate = (event: Event) => PresenceFact | undefined
type Source = readonly [target: EventTarget | undefined, type: string, translate: Translate]

const isHidden = ({ document }: Page): boolean => document?.visibilityState === 'hidden'
const isKept = (event: Event): boolean => 'persisted' in event && event.persisted === true

const visibility = (page: Page): PresenceFact => ({ type: isHidden(page) ? 'page.hidden' : 'page.visible' })

/**
 * Browsers also say `change` when a mere estimate of speed or delay moves: only another kind of network counts, and
 * where the browser does not tell the kind, only the step between online and offline.
 */
const watchNetwork = ({ navigator }: Page): Translate => {
  const network = () => navigator?.connection?.type ?? navigator?.onLine
  let last = network()
  return () => {
    const now = network()
    const isOther = now !== last
    last = now
    return isOther ? { type: 'network.changed' } : undefined
  }
}

/** What each event of the page means; `persisted` is a page kept for the back button. */
const sources = (page: Page): readonly Source[] => [
  [page.window, 'online', () => ({ type: 'page.online' })],
  [page.window, 'offline', () => ({ type: 'page.offline' })],
  [page.window, 'pageshow', (event) => (isKept(event) ? { type: 'page.resumed' } : visibility(page))],
  [page.window, 'pagehide', (event) => ({ type: isKept(event) ? 'page.frozen' : 'page.leaving' })],
  [page.document, 'visibilitychange', () => visibility(page)],
  [page.document, 'freeze', () => ({ type: 'page.frozen' })],
  [page.document, 'resume', () => ({ type: 'page.resumed' })],
  [page.navigator?.connection, 'change', watchNetwork(page)],
]

/** Returns what ends it. (Node keeps a listener that was given a signal for as long as the signal is not aborted.) */
const listen = (page: Page, tell: Tell): (() => void) => {
  const ends = sources(page).map(([target, type, translate]) => {
    const hear = (event: Event): void => {
      const fact = translate(event)
      if (fact) tell(fact)
    }
    target?.addEventListener(type, hear)
    return () => target?.removeEventListener(type, hear)
  })
  return () => {
    for (const end of ends) end()
  }
}

const sayHowItStands = (page: Page, tell: Tell): void => {
  if (page.navigator?.onLine === false) tell({ type: 'page.offline' })
  if (isHidden(page)) tell({ type: 'page.hidden' })
}

/**
 * What the page goes through: network, visibility, freezing, and sleep of the machine (timers that come late).
 * Starts by saying that the page is offline or hidden, where it is. In Node only the sleep is noticed.
 */
export const createPresence = (options: PresenceOptions = {}): CallbackActorLogic<EventObject, PresenceInput> =>
  fromCallback<EventObject, PresenceInput>(({ sendBack }) => {
    const { page = globalThis as Page, clock = wallClock, signal } = options
    const tell: Tell = sendBack
    if (signal?.aborted) return undefined
    const stopListening = listen(page, tell)
    sayHowItStands(page, tell)
    const stopTicker = startTicker(clock, LOOK_MS, (lateMs) => {
      if (lateMs >= (isHidden(page) ? HIDDEN_GAP_MS : GAP_MS)) tell({ type: 'page.woke', gapMs: lateMs })
    })
    const stop = (): void => {
      stopListening()
      stopTicker()
      signal?.removeEventListener('abort', stop)
    }
    signal?.addEventListener('abort', stop)
    return stop
  })
