import type { ClientFrame, JoinFrame } from '#wire/signaling'
import type { JoinRefusal } from './join-checks.ts'

/** What comes of a device's frames before it is in a room, and after. */
export interface EntranceOptions {
  readonly check: (frame: JoinFrame) => Promise<JoinRefusal | undefined>
  /** Frames that may wait while a join is looked at. */
  readonly most: number
  /** The join is good. */
  readonly admit: (frame: JoinFrame) => void
  readonly turnAway: (refusal: JoinRefusal) => void
  readonly overflow: () => void
  /** A frame whose turn it is; a join among them is one too many. */
  readonly obey: (frame: ClientFrame) => void
  /** True once nothing that comes matters any more. */
  readonly isOver: () => boolean
  readonly fail: () => void
}

/** The way into a room, once for each connection: the nonce that it was greeted with serves one join, good or not. */
export const createEntrance = (options: EntranceOptions): { readonly take: (frame: ClientFrame) => void } => {
  const { check, most, admit, turnAway, overflow, obey, isOver, fail } = options
  const waiting: ClientFrame[] = []
  let state: 'closed' | 'checking' | 'used' = 'closed'

  const settle = (frame: JoinFrame, refusal: JoinRefusal | undefined) => {
    state = 'used'
    // Gone meanwhile: it was in no room, so nobody needs to be told.
    if (isOver()) return
    if (refusal) return turnAway(refusal)
    admit(frame)
    for (const next of waiting.splice(0)) if (!isOver()) obey(next)
  }
  const look = async (frame: JoinFrame) => {
    try {
      settle(frame, await check(frame))
    } catch {
      fail()
    }
  }
  return {
    take(frame) {
      if (state === 'checking') {
        if (waiting.length >= most) overflow()
        else waiting.push(frame)
      } else if (state === 'closed' && frame.t === 'join') {
        state = 'checking'
        void look(frame)
      } else obey(frame)
    },
  }
}
