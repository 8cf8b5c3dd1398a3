import { createTokenBucket, type TokenBucket } from '#wire/signaling-rate'

/** How often each address may do something. */
export interface AddressRates {
  /** 0 if it may, now; otherwise ms until it may. */
  readonly take: (address: string) => number
}

/** Addresses that are remembered: some 10 MB. Beyond, the one that was quiet for longest begins anew. */
const MOST = 65_536

/** @param perMinute at once, and in the long run; any number for `Infinity` */
export const createAddressRates = (perMinute: number, now: () => number, most = MOST): AddressRates => {
  /** The longest quiet address first. */
  const buckets = new Map<string, TokenBucket>()
  const bucketOf = (address: string): TokenBucket => {
    const bucket = buckets.get(address) ?? createTokenBucket(perMinute / 60, perMinute, now)
    buckets.delete(address)
    buckets.set(address, bucket)
    for (const quiet of buckets.keys()) if (buckets.size > most) buckets.delete(quiet)
    return bucket
  }
  return {
    take(address) {
      if (perMinute === Number.POSITIVE_INFINITY) return 0
      const bucket = bucketOf(address)
      return bucket.take() ? 0 : bucket.waitMs()
    },
  }
}
