import type { CryptoSuite, Signer } from './crypto.types.ts'

/** What a log is signed and checked with. */
export interface LogTrust extends Pick<CryptoSuite, 'verify'> {
  /** Names the log: the room's id. An entry of one room is none in another. */
  readonly log: string
  /** This device's key. */
  readonly device: Signer
  /** The author whom a public key of 32 bytes signs for; see `peerIdOf`. */
  readonly authorOf: (publicKey: Uint8Array) => string
}
