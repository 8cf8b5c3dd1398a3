/** What a hello tells of keys, for tests in which nobody looks at it. */
export const HELLO_KEYS = { nonce: 'A'.repeat(22), pub: 'A'.repeat(43) } as const

/** A link is open, by certificates that nobody looks at. */
export const OPENED = {
  type: 'link.opened',
  fingerprints: { ours: 'B'.repeat(43), theirs: 'C'.repeat(43) },
} as const

/** A proof that nobody looks at. */
export const AUTH = { kind: 'auth', mac: 'A'.repeat(43), signature: 'A'.repeat(86) } as const
