import type { CryptoSuite } from '#trust/crypto.types'
import { isJoinProven, type JoinClaim, type JoinProof } from '#trust/join-proof'
import type { JoinFrame } from '#wire/signaling'
import { type AddressRates, createAddressRates } from './address-rates.ts'
import type { SignalingLimits } from './limits.ts'

/** What an operator says of a token. */
export type TokenVerdict = 'ok' | 'auth-required' | 'token-expired' | 'bad-proof'

/**
 * Asks the operator whether a device may join; `token` is what the device sent, if anything. Called before the proof of
 * the join is looked at, so the claim is no more than what the device says. Must settle; a rejection ends the connection.
 */
export type VerifyToken = (token: string | undefined, claim: JoinClaim) => Promise<TokenVerdict>

/** Refused; `retryMs` where trying again may help. */
export type JoinRefusal =
  | { readonly code: Exclude<TokenVerdict, 'ok'> }
  | { readonly code: 'rate-limited'; readonly retryMs: number }

/** Checks who may join: so many at a time, in all and from each address, because a check costs what a flood does not. */
export interface JoinChecks {
  /** Resolves with the refusal, or nothing for a good join. At once where there is no room for another check. */
  readonly check: (frame: JoinFrame, nonce: string, address: string) => Promise<JoinRefusal | undefined>
}

export interface JoinCheckOptions {
  readonly suite: Pick<CryptoSuite, 'verify'>
  readonly limits: SignalingLimits
  readonly verifyToken: VerifyToken | undefined
  /** A monotonic clock, ms. */
  readonly now: () => number
}

const proofIn = ({ pub, roomSig, devSig }: JoinFrame): JoinProof | undefined =>
  pub === undefined || roomSig === undefined || devSig === undefined ? undefined : { pub, roomSig, devSig }

/** Counts those that are under way, by address. */
const createSeats = ({ joinChecks, joinChecksPerAddress }: SignalingLimits) => {
  const taken = new Map<string, number>()
  let all = 0
  return {
    take(address: string): boolean {
      const here = taken.get(address) ?? 0
      if (all >= joinChecks || here >= joinChecksPerAddress) return false
      all += 1
      taken.set(address, here + 1)
      return true
    },
    leave(address: string): void {
      all -= 1
      const here = (taken.get(address) ?? 0) - 1
      if (here > 0) taken.set(address, here)
      else taken.delete(address)
    },
  }
}

export const createJoinChecks = ({ suite, limits, verifyToken, now }: JoinCheckOptions): JoinChecks => {
  const seats = createSeats(limits)
  const rates: AddressRates = createAddressRates(limits.joinsPerMinute, now)

  const judge = async (frame: JoinFrame, claim: JoinClaim): Promise<JoinRefusal | undefined> => {
    const proof = proofIn(frame)
    if (!proof) return { code: 'bad-proof' }
    const verdict = verifyToken ? await verifyToken(frame.token, claim) : 'ok'
    if (verdict !== 'ok') return { code: verdict }
    return (await isJoinProven(suite, claim, proof)) ? undefined : { code: 'bad-proof' }
  }
  return {
    async check(frame, nonce, address) {
      const waitMs = rates.take(address)
      if (waitMs > 0) return { code: 'rate-limited', retryMs: waitMs }
      if (!seats.take(address)) return { code: 'rate-limited', retryMs: limits.busyRetryMs }
      try {
        return await judge(frame, { room: frame.room, peer: frame.peer, nonce })
      } finally {
        seats.leave(address)
      }
    },
  }
}
