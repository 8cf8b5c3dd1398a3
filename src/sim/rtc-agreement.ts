import type { SimulatedPeerConnection } from './peer-connection.ts'

type End = SimulatedPeerConnection

/** True where an end has what the other goes by for its ICE checks (RFC 8445, §7.2.2). */
const knows = ({ remote }: End, { local }: End): boolean =>
  remote !== undefined && remote.ufrag === local?.ufrag && remote.pwd === local.pwd

/** The credentials that both ends use, where each knows the other's (RFC 8839, §5.4). */
export const agreementOf = (one: End, two: End): string | undefined =>
  one.isReady && two.isReady && knows(one, two) && knows(two, one)
    ? `${one.local?.ufrag} ${two.local?.ufrag}`
    : undefined

/** True where each end was told the fingerprint of the certificate that the other shows (RFC 8842, §5). */
export const isAuthentic = (one: End, two: End): boolean =>
  one.remote?.fingerprint === two.identity.fingerprint && two.remote?.fingerprint === one.identity.fingerprint
