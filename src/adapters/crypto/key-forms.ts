import { FieldmeshError } from '#model/fault'
import type { SealingKey, Signer } from '#trust/crypto.types'
import { STRETCH_ROUNDS } from '#trust/room-keys'
import { statement, utf8 } from '#trust/statement'
import { platformSigner } from './ed25519.ts'
import type { KeptRecord, KeyRecord, PinRecord, WrappedRecord } from './key-record.ts'
import { sealingBy, type WebCrypto } from './web-crypto.ts'

/** Gives the PIN, asking its owner if need be; undefined where there is none. */
export type AskPin = () => Promise<string | undefined>

/** Whose key it is, and what it is made with. */
export interface KeyPlace {
  readonly crypto: WebCrypto
  readonly store: string
  readonly askPin: AskPin
}

const IV_BYTES = 12
const SALT_BYTES = 16
const SEED_BYTES = 32

const boundTo = (store: string, publicKey: Uint8Array): Uint8Array =>
  statement('fieldmesh.device-key.v1 seed', store, publicKey)

const pinKey = async (crypto: WebCrypto, pin: string, { salt, rounds }: Pick<PinRecord, 'salt' | 'rounds'>) =>
  crypto.sealingKey(await crypto.stretch({ words: utf8(pin), salt, rounds }))

/** A new seed, sealed. */
const sealSeed = async ({ crypto, store }: KeyPlace, key: SealingKey) => {
  const seed = crypto.randomBytes(SEED_BYTES)
  const { publicKey } = await crypto.signerOf(seed)
  const iv = crypto.randomBytes(IV_BYTES)
  const box = await key.seal(iv, seed, boundTo(store, publicKey))
  seed.fill(0)
  return { publicKey, iv, box }
}

const makeKept = async ({ crypto }: KeyPlace): Promise<KeptRecord | undefined> => {
  const { generate } = await crypto.ed25519()
  if (!generate) return undefined
  const { privateKey, publicKey } = await generate()
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  return { kind: 'kept', publicKey: raw, privateKey }
}

const makeWrapped = async (place: KeyPlace): Promise<WrappedRecord> => {
  const { subtle } = place.crypto
  const wrapping = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return { kind: 'wrapped', wrapping, ...(await sealSeed(place, sealingBy(subtle, wrapping))) }
}

const makePinned = async (place: KeyPlace): Promise<PinRecord | undefined> => {
  const pin = await place.askPin()
  if (pin === undefined) return undefined
  const cost = { salt: place.crypto.randomBytes(SALT_BYTES), rounds: STRETCH_ROUNDS }
  return { kind: 'pin', ...cost, ...(await sealSeed(place, await pinKey(place.crypto, pin, cost))) }
}

/** Ways to keep a key, best first; each gives undefined where it cannot be gone. */
export const KEY_FORMS: readonly ((place: KeyPlace) => Promise<KeyRecord | undefined>)[] = [
  makeKept,
  makeWrapped,
  makePinned,
]

const signerOfSeed = async (
  { crypto, store }: KeyPlace,
  key: SealingKey,
  { iv, box, publicKey }: WrappedRecord | PinRecord,
) => {
  const seed = await key.open(iv, box, boundTo(store, publicKey))
  if (seed?.length !== SEED_BYTES) return undefined
  const signer = await crypto.signerOf(seed)
  seed.fill(0)
  return signer
}

const openPinned = async (place: KeyPlace, record: PinRecord): Promise<Signer> => {
  const pin = await place.askPin()
  if (pin === undefined) throw new FieldmeshError('pin-missing')
  const signer = await signerOfSeed(place, await pinKey(place.crypto, pin, record), record)
  if (!signer) throw new FieldmeshError('pin-wrong')
  return signer
}

/**
 * The key of a record; undefined where the record is damaged.
 *
 * @throws FieldmeshError `pin-missing`, `pin-wrong`
 */
export const openKeyRecord = async (place: KeyPlace, record: KeyRecord): Promise<Signer | undefined> => {
  const { subtle } = place.crypto
  if (record.kind === 'kept') return platformSigner(subtle, record.privateKey, record.publicKey)
  if (record.kind === 'wrapped') return signerOfSeed(place, sealingBy(subtle, record.wrapping), record)
  return openPinned(place, record)
}
