import { base64url } from '#model/base64url'

/**
 * The five heights (y) of the eight points of small order, sign bit cleared, base64url: Chalkias, Garillot and
 * Nikolaenko, “Taming the many EdDSAs” (2020), table 5.
 */
const SMALL_ORDER = new Set(
  [
    [0],
    [1],
    [0xec, ...Array<number>(30).fill(0xff), 0x7f],
    [
      0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf, 0xac,
      0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
      0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20, 0x53,
      0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
  ].map((bytes) => base64url(Uint8Array.from({ length: 32 }, (_, i) => bytes[i] ?? 0))),
)

/** True where y is 2^255 − 19 or more, so that the same point has another name. */
const isBeyondField = (height: Uint8Array): boolean =>
  (height[0] ?? 0) >= 0xed && height[31] === 0x7f && height.subarray(1, 31).every((byte) => byte === 0xff)

/**
 * True for 32 bytes that name a point of small order, or a point by a name that is not its own. With such a key one
 * signature fits many messages, and platforms differ in whom they let through; devices must not differ.
 */
export const isWeakPoint = (bytes: Uint8Array): boolean => {
  const height = bytes.slice(0, 32)
  height[31] = (height[31] ?? 0) & 0x7f
  return SMALL_ORDER.has(base64url(height)) || isBeyondField(height)
}
