import type { CryptoSuite, Signer } from './crypto.types.ts'
import { statement } from './statement.ts'

/** A place in an author's chain. */
export interface ChainPlace {
  /** Names the log: the room's id. */
  readonly log: string
  readonly author: string
  /** Of the last entry it stands for. */
  readonly seq: number
  /** The chain up to there, 32 bytes; see `nextLink`. */
  readonly link: Uint8Array
}

const said = ({ log, author, seq, link }: ChainPlace): Uint8Array =>
  statement('fieldmesh.checkpoint.v1', log, author, String(seq), link)

/** The author's word for all of its entries up to a place: an Ed25519 signature of 64 bytes. */
export const signCheckpoint = (device: Pick<Signer, 'sign'>, place: ChainPlace): Promise<Uint8Array> =>
  device.sign(said(place))

/** Whether the owner of the key gave its word for the place. */
export const isCheckpointSigned = (
  suite: Pick<CryptoSuite, 'verify'>,
  key: Uint8Array,
  signature: Uint8Array,
  place: ChainPlace,
): Promise<boolean> => suite.verify(key, signature, said(place))
