import type { SocketFact } from '#machines/ports'
import type { FaultCode } from '#model/fault'
import { type ErrorFrame, SIGNALING_CLOSE, type SignalingErrorCode } from '#wire/signaling'

export type RefusedFact = Extract<SocketFact, { type: 'socket.refused' }>

/** Where the server names no time: long enough not to be a nuisance, ms. */
const RETRY_MS = 5_000

/** Codes that trying again cannot help, and those with words of their own. */
const FINAL: Partial<Record<SignalingErrorCode, FaultCode>> = {
  'unsupported-version': 'signaling-malformed',
  'bad-proof': 'signaling-unproven',
  'auth-required': 'signaling-pass',
  'token-expired': 'signaling-pass',
  'origin-denied': 'signaling-refused',
}

export const refusal = (fault: FaultCode, final: boolean, retryMs = final ? 0 : RETRY_MS): RefusedFact => ({
  type: 'socket.refused',
  fault,
  final,
  retryMs,
})

/** An error frame that ends the connection, as a fact. */
export const refusalOfError = ({ code, retryMs }: ErrorFrame): RefusedFact => {
  const final = FINAL[code]
  return final
    ? refusal(final, true)
    : refusal(code === 'room-full' ? 'signaling-full' : 'signaling-refused', false, retryMs)
}

/** What a close code says by itself; undefined where it is a mere loss of the connection. */
export const refusalOfClose = (code: number): RefusedFact | undefined => {
  if (code === SIGNALING_CLOSE.replaced) return refusal('signaling-replaced', true)
  if (code === SIGNALING_CLOSE.auth) return refusal('signaling-refused', true)
  const busyOrBad: readonly number[] = [SIGNALING_CLOSE.tryLater, SIGNALING_CLOSE.badData, SIGNALING_CLOSE.tooLarge]
  return busyOrBad.includes(code) ? refusal('signaling-refused', false) : undefined
}
