import { sha256 } from '@noble/hashes/sha2.js'
import { base64url } from '#model/base64url'

/**
 * SHA-256 of the certificate that the other end showed in DTLS, base64url; undefined where the stack does not tell it:
 * older browsers have no such method, node-datachannel's gives an empty certificate.
 */
export const shownFingerprint = (pc: RTCPeerConnection): string | undefined => {
  const transport: Partial<RTCDtlsTransport> | undefined = pc.sctp?.transport
  const [certificate] = transport?.getRemoteCertificates?.() ?? []
  return certificate && certificate.byteLength > 0 ? base64url(sha256(new Uint8Array(certificate))) : undefined
}
