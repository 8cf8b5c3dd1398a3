import { LIMITS } from '#model/limits'
import { createReplayWindow, type ReplayWindow } from './replay-window.ts'

/** Runs of one device that are listened to: at a restart the last words of one run may come after the first of the next. */
export const SESSIONS_PER_DEVICE = 4

/** What was heard of whom, so that nothing is heard twice. Sessions are texts of one length that sort by age. */
export interface SessionsHeard {
  /** True for what was not heard before, in a session that is not over. */
  readonly isFresh: (from: string, session: string, seq: number) => boolean
  /** Notes what is fresh and genuine. */
  readonly note: (from: string, session: string, seq: number) => void
}

/** @param most devices that are remembered; beyond, the one that was silent for longest is forgotten */
export const createSessionsHeard = (most: number = LIMITS.signalingRoster): SessionsHeard => {
  /** The longest silent device first; of each, its newest session last. */
  const devices = new Map<string, Map<string, ReplayWindow>>()
  const remember = (from: string): Map<string, ReplayWindow> => {
    const sessions = devices.get(from) ?? new Map<string, ReplayWindow>()
    devices.delete(from)
    devices.set(from, sessions)
    for (const silent of devices.keys()) if (devices.size > most) devices.delete(silent)
    return sessions
  }
  return {
    isFresh(from, session, seq) {
      const sessions = devices.get(from)
      const window = sessions?.get(session)
      if (window) return window.isFresh(seq)
      // A run that was never heard is over once a later one was: its words come from somebody's memory.
      return [...(sessions?.keys() ?? [])].every((known) => session > known)
    },
    note(from, session, seq) {
      const sessions = remember(from)
      const window = sessions.get(session) ?? createReplayWindow()
      sessions.set(session, window)
      window.note(seq)
      for (const oldest of sessions.keys()) if (sessions.size > SESSIONS_PER_DEVICE) sessions.delete(oldest)
    },
  }
}
