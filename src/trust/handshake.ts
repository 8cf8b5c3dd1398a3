import { sha256 } from '@noble/hashes/sha2.js'
import { base64url, fromBase64url } from '#model/base64url'
import type { CryptoSuite, MacKey, Signer } from './crypto.types.ts'
import { peerIdOf } from './peer-id-of.ts'
import { concat, statement } from './statement.ts'

/** What a hello claims, as it is signed. */
export interface HelloClaim {
  readonly protocol: number
  readonly peerId: string
  readonly epoch: number
  readonly digest: string
  readonly cookie: string
  readonly nonce: string
  readonly pub: string
  readonly heads?: string
  readonly certificate?: string
  readonly locks?: readonly string[]
}

export interface Authenticator {
  /** 32 bytes by the room's key, base64url. */
  readonly mac: string
  /** 64 bytes by the device's key, base64url. */
  readonly signature: string
}

export type HandshakeRole = 'dialer' | 'answerer'

/** One handshake, as this side sees it. */
export interface Handshake {
  /** The room's id. */
  readonly room: string
  /** Who made the offer. */
  readonly role: HandshakeRole
  /** SHA-256 of the DTLS certificates of this very connection, base64url. */
  readonly fingerprints: { readonly ours: string; readonly theirs: string }
  readonly ours: HelloClaim
  readonly theirs: HelloClaim
}

const LABEL = 'fieldmesh.handshake.v1'
const ROLE_BYTES = { dialer: Uint8Array.of(1), answerer: Uint8Array.of(2) } as const

const helloStatement = (claim: HelloClaim): Uint8Array => {
  const { protocol, peerId, epoch, digest, cookie, nonce, pub, heads = '', certificate = '', locks = [] } = claim
  const parts = [String(protocol), peerId, String(epoch), digest, cookie, nonce, pub, heads, certificate, locks.join()]
  return statement(`${LABEL} hello`, ...parts)
}

/**
 * What both sides sign: SHA-256 over room, both certificates and both hellos, in the order of their roles. Whoever sits
 * in between has other certificates towards each side, so the two sums differ.
 */
const transcriptOf = ({ room, role, fingerprints, ours, theirs }: Handshake): Uint8Array => {
  const isDialer = role === 'dialer'
  const inOrder = <T>(own: T, other: T): readonly [T, T] => (isDialer ? [own, other] : [other, own])
  const certificates = inOrder(fingerprints.ours, fingerprints.theirs)
  const hellos = inOrder(helloStatement(ours), helloStatement(theirs))
  return sha256(statement(LABEL, room, ...certificates, ...hellos))
}

/** The role stands in it: what one side said is nothing that the other could have said. */
const authStatement = (handshake: Handshake, signer: HandshakeRole): Uint8Array =>
  concat(statement(`${LABEL} auth`, transcriptOf(handshake)), ROLE_BYTES[signer])

const otherRole = (role: HandshakeRole): HandshakeRole => (role === 'dialer' ? 'answerer' : 'dialer')

/** What this side says to prove itself. */
export const authenticate = async (
  handshake: Handshake,
  { mac, device }: { readonly mac: MacKey; readonly device: Signer },
): Promise<Authenticator> => {
  const said = authStatement(handshake, handshake.role)
  const [byRoom, byDevice] = await Promise.all([mac.mac(said), device.sign(said)])
  return { mac: base64url(byRoom), signature: base64url(byDevice) }
}

/** Why the other side is not who it says; undefined where it is proven. */
export type Doubt = 'handshake-foreign' | 'handshake-forged'

/**
 * Whether the other side belongs to the room (`handshake-foreign` if not: another room, or somebody in between), and
 * has the key that its id is made from (`handshake-forged` if not).
 */
export const checkAuthenticator = async (
  handshake: Handshake,
  { mac, signature }: Authenticator,
  { suite, key }: { readonly suite: Pick<CryptoSuite, 'verify'>; readonly key: MacKey },
): Promise<Doubt | undefined> => {
  const { ours, theirs, role } = handshake
  const [pub, byRoom, byDevice] = [fromBase64url(theirs.pub), fromBase64url(mac), fromBase64url(signature)]
  if (pub?.length !== 32 || byRoom?.length !== 32 || byDevice?.length !== 64) return 'handshake-forged'
  // Our own hello thrown back at us is nobody's.
  if (theirs.nonce === ours.nonce || theirs.pub === ours.pub) return 'handshake-forged'
  if (peerIdOf(pub) !== theirs.peerId) return 'handshake-forged'
  const said = authStatement(handshake, otherRole(role))
  if (!(await key.verify(byRoom, said))) return 'handshake-foreign'
  return (await suite.verify(pub, byDevice, said)) ? undefined : 'handshake-forged'
}
