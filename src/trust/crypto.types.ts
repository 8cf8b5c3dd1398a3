/**
 * The primitives that trust is built from. `#adapters/crypto` brings the platform's (WebCrypto), `#sim/crypto` a
 * deterministic stand-in; nobody brings his own. What is given in is copied before the first await; nothing rejects for
 * bytes of strangers: whatever cannot be verified or opened is answered with false or undefined.
 */
export interface CryptoSuite {
  /** Cryptographically random bytes. */
  readonly randomBytes: (length: number) => Uint8Array
  /** HKDF-SHA-256 (RFC 5869), extract and expand. */
  readonly hkdf: (input: HkdfInput) => Promise<Uint8Array>
  /** PBKDF2-HMAC-SHA-256 to 32 bytes: for secrets that people make up. */
  readonly stretch: (input: StretchInput) => Promise<Uint8Array>
  /** HMAC-SHA-256 by a key of 32 bytes. */
  readonly macKey: (key: Uint8Array) => Promise<MacKey>
  /** AES-256-GCM by a key of 32 bytes. */
  readonly sealingKey: (key: Uint8Array) => Promise<SealingKey>
  /** Ed25519 (RFC 8032) by a seed of 32 bytes. */
  readonly signerOf: (seed: Uint8Array) => Promise<Signer>
  /**
   * Ed25519; false for anything that is not a signature of these bytes by this key of 32 bytes, and for keys and
   * signatures that some platforms take and others refuse: points of small order, second names of a point.
   */
  readonly verify: (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => Promise<boolean>
}

export interface HkdfInput {
  readonly secret: Uint8Array
  readonly salt: Uint8Array
  readonly info: Uint8Array
  /** Bytes wanted, at most 255 × 32. */
  readonly length: number
}

export interface StretchInput {
  readonly words: Uint8Array
  readonly salt: Uint8Array
  readonly rounds: number
}

export interface MacKey {
  /** 32 bytes. */
  readonly mac: (message: Uint8Array) => Promise<Uint8Array>
  /** In constant time. */
  readonly verify: (mac: Uint8Array, message: Uint8Array) => Promise<boolean>
}

export interface SealingKey {
  /** @param iv 12 bytes, never the same twice. The box is the ciphertext and 16 bytes of tag. */
  readonly seal: (iv: Uint8Array, plain: Uint8Array, associated: Uint8Array) => Promise<Uint8Array>
  /** undefined where the box was made by another key, for another place, or was changed. */
  readonly open: (iv: Uint8Array, box: Uint8Array, associated: Uint8Array) => Promise<Uint8Array | undefined>
}

/** A private key that may be used and not be read. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>
}

/**
 * How a device's private key is kept, from best to worst: `kept`, as a key that the platform hands out to nobody;
 * `wrapped`, as bytes under a key that the platform hands out to nobody; `file`, readable by its owner alone;
 * `pin`, as bytes under a key made from a PIN; `memory`, not at all: after a restart the device is another one.
 */
export type KeyKeeping = 'kept' | 'wrapped' | 'file' | 'pin' | 'memory'

export interface DeviceKey extends Signer {
  readonly keeping: KeyKeeping
}

/** Where the keys of this device live: one for each store, by the store's name. */
export interface DeviceKeys {
  /** The key of a store, tried out before it is given; undefined where there is none (any more). */
  readonly find: (store: string) => Promise<DeviceKey | undefined>
  /** A new key, in the place of any other, kept as well as this platform can. Kept before it is given. */
  readonly create: (store: string) => Promise<DeviceKey>
}
