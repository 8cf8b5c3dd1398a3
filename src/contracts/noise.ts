/** Bytes that deflate cannot shorten: the same for the same seed (a linear congruential generator). */
export const noise = (length: number, seed: number): Uint8Array => {
  const bytes = new Uint8Array(length)
  let state = Math.imul(seed, 2_654_435_761)
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}
