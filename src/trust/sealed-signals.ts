import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { CryptoSuite, SealingKey } from './crypto.types.ts'
import { createSessionsHeard } from './sessions-heard.ts'
import { IV_BYTES, readBox, SESSION_BYTES, uint48, writeBox } from './signal-box.ts'
import type { Opened, SocketTrust } from './socket-trust.types.ts'
import { concat, statement } from './statement.ts'

export interface SignalBoxOptions {
  readonly suite: Pick<CryptoSuite, 'randomBytes'>
  /** `signal sealing` of the room's keys. */
  readonly sealing: SealingKey
  /** The room's id. */
  readonly room: string
  /** This device's id. */
  readonly self: string
  /** This device's run, as its store numbers them: larger at every start, below 2⁴⁸ (ms since 1970 are). */
  readonly epoch: number
}

/** Refusals of boxes so far, by fault. */
export type BoxRefusals = Partial<Record<FaultCode, number>>

export interface SignalBoxes extends Pick<SocketTrust, 'seal' | 'open'> {
  readonly refusals: () => BoxRefusals
}

/**
 * What devices tell each other through the signaling server, in boxes that only the room opens. A box opens at the
 * device that it was made for, as from the device that made it, and once: server and network may lose, delay, double
 * and misaddress boxes, and nothing comes of it. Nothing rejects for a box of strangers.
 *
 * A session names one run of a device: its epoch (6 bytes) and 10 random bytes, so that sessions sort by age without
 * anybody keeping a list of the old ones. What a receiver heard is forgotten when it stops. Every device of a room has
 * the same key, so boxes tell the room from the rest of the world, not its members from each other; the handshake does.
 *
 * - `wire-malformed`: no box at all
 * - `signal-forged`: of another room or epoch of its secret, for or from somebody else, or changed
 * - `signal-replayed`: heard before, too old to tell, or of a run that ended
 */
export const createSignalBoxes = ({ suite, sealing, room, self, epoch }: SignalBoxOptions): SignalBoxes => {
  const session = concat(uint48(epoch), suite.randomBytes(SESSION_BYTES - 6))
  const heard = createSessionsHeard(LIMITS.signalingRoster)
  const counts: BoxRefusals = {}
  let lastSeq = 0

  const bound = (from: string, to: string, of: Uint8Array, seq: number): Uint8Array =>
    statement('fieldmesh.signal.v1', room, from, to, of, uint48(seq))
  const refuse = (fault: FaultCode): Opened => {
    counts[fault] = (counts[fault] ?? 0) + 1
    return { ok: false, fault }
  }
  return {
    async seal(to, plain) {
      const seq = ++lastSeq
      const iv = suite.randomBytes(IV_BYTES)
      return writeBox({ session, seq, iv, sealed: await sealing.seal(iv, plain, bound(self, to, session, seq)) })
    },
    async open(from, text) {
      const box = readBox(text)
      if (box === undefined) return refuse('wire-malformed')
      const { seq, iv, sealed } = box
      // As fixed bytes in hexadecimal, whose order as texts is that of the bytes; base64url's is another.
      const name = hex(box.session)
      const plain = await sealing.open(iv, sealed, bound(from, self, box.session, seq))
      if (plain === undefined) return refuse('signal-forged')
      // After the await: the same box may be under way twice.
      if (!heard.isFresh(from, name, seq)) return refuse('signal-replayed')
      heard.note(from, name, seq)
      return { ok: true, plain }
    },
    refusals: () => ({ ...counts }),
  }
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
