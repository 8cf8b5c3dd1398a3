import { LIMITS } from '#model/limits'

/** True while one more body fits into a batch of so many bytes and entries; the first always does. */
export const fitsBatch = (
  bytes: number,
  entries: number,
  body: Uint8Array,
  mostBytes: number = LIMITS.batchBytes,
): boolean => entries === 0 || (bytes + body.length <= mostBytes && entries < LIMITS.batchEntries)

/** Cuts bodies into runs of the size of a batch, in their order. */
export const inBatches = (bodies: readonly Uint8Array[]): Uint8Array[][] => {
  const batches: Uint8Array[][] = []
  let batch: Uint8Array[] = []
  let bytes = 0
  for (const body of bodies) {
    if (!fitsBatch(bytes, batch.length, body)) {
      batches.push(batch)
      batch = []
      bytes = 0
    }
    batch.push(body)
    bytes += body.length
  }
  return batch.length > 0 ? [...batches, batch] : batches
}
