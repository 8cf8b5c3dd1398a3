import { type FaultCode, faultWords } from '#model/fault'
import type { PeerStatus, SyncStatus } from '#store/sync-store.types'
import type { Explanation } from './types.ts'

type Words = readonly [cause: string, nextStep: string]
const NOTHING_TO_DO = 'Nothing to do.'

/** Words of a state that no fault explains better. */
const PHASES: Record<SyncStatus['phase'], Words> = {
  idle: ['Sync is not started.', 'Start it to save and exchange records.'],
  opening: ['The records of this device are being opened.', 'Wait a moment.'],
  standby: [
    'Another tab of this app is the active one.',
    'Use that tab, or close it: this one then takes over by itself.',
  ],
  running: ['Records are saved on this device.', NOTHING_TO_DO],
  closing: ['What is being written is finished, then sync stops.', 'Wait a moment.'],
  failed: ['The records of this device could not be opened.', 'Reload; if it stays, restart the browser.'],
}
const SIGNALING: Record<string, Words> = {
  online: ['The signaling server is reached: new devices can be found.', NOTHING_TO_DO],
  dialing: ['The signaling server is being called.', 'Wait a moment.'],
  joining: ['The signaling server answered; the room is being joined.', 'Wait a moment.'],
  waiting: [
    'The signaling server does not answer; it is called again shortly.',
    'Check the address and the network. Devices already linked keep syncing.',
  ],
  offline: [
    'No signaling server is set: new devices cannot be found through one.',
    'Give the address of one in the settings.',
  ],
  gaveUp: [
    'The signaling server was called many times without an answer.',
    'Check its address and the network, then press “Try again”.',
  ],
  refused: [
    'The signaling server refused this device.',
    'Check the room and the server’s settings, then press “Try again”.',
  ],
}
const PEERS: Record<PeerStatus['state'], Words> = {
  absent: ['The device is not in reach now.', 'Open this app on it. What it lacks stays here until it is back.'],
  connecting: ['A direct connection to the device is being made.', 'Wait a moment.'],
  connected: ['The device is linked directly.', NOTHING_TO_DO],
  recovering: [
    'The direct connection stumbled and is being repaired.',
    'Wait a moment; move the devices closer if it lasts.',
  ],
  waiting: [
    'The connection did not come up; it is tried again shortly.',
    'Check that both devices are on the same network.',
  ],
  gaveUp: [
    'The connection was tried many times without success.',
    'Check that both devices are on the same network, then press “Try again”.',
  ],
  refused: ['The device was refused.', 'Update this app on both devices, then press “Try again”.'],
}

const explain = (
  about: Pick<Explanation, 'subject' | 'peerId' | 'state'>,
  words: Words,
  fault: FaultCode | undefined,
  healthy: boolean,
): Explanation => {
  const [cause, nextStep] = fault && !healthy ? [faultWords(fault).what, faultWords(fault).next] : words
  return { ...about, cause, nextStep, healthy, ...(fault && !healthy && { fault }) }
}

const explainEngine = ({ phase, fault }: SyncStatus): Explanation => {
  const storage = phase === 'running' && fault !== undefined
  return explain(
    { subject: storage ? 'storage' : 'engine', state: phase },
    PHASES[phase],
    fault,
    phase === 'running' && !fault,
  )
}

const explainSignaling = (signaling: NonNullable<SyncStatus['signaling']>, connected: boolean): Explanation =>
  explain(
    { subject: 'signaling', state: signaling.state },
    wordsOfSignaling(signaling.state),
    signaling.fault,
    connected,
  )

const wordsOfSignaling = (state: string): Words =>
  SIGNALING[state] ?? ['The signaling server is not reached.', 'Wait a moment.']

/** A device out of reach is not to blame where we have no way to reach anybody. */
const explainAbsent = (peer: PeerStatus, { signaling, signalingConnected }: SyncStatus): Explanation => {
  const about = { subject: 'peer', peerId: peer.peerId, state: peer.state } as const
  if (!signaling || signalingConnected) return explain(about, PEERS.absent, peer.fault, false)
  return explain(about, wordsOfSignaling(signaling.state), signaling.fault, false)
}

const explainPeer = (peer: PeerStatus, status: SyncStatus, until: number | undefined): Explanation => {
  if (peer.state === 'absent') return explainAbsent(peer, status)
  const about = { subject: 'peer', peerId: peer.peerId, state: peer.state } as const
  const healthy = peer.state === 'connected'
  const isBehind = healthy && peer.lacks > 0
  const explained = explain(about, isBehind ? behind(peer.lacks) : PEERS[peer.state], peer.fault, healthy)
  return until === undefined ? explained : { ...explained, until }
}

/** Its link may be well; what it wrote is the matter. */
const explainSuspect = ({ peerId, fault }: NonNullable<SyncStatus['suspects']>[number]): Explanation =>
  explain({ subject: 'peer', peerId, state: fault }, PEERS.refused, fault, false)

const behind = (lacks: number): Words => [
  `The device is linked; ${lacks} of our entries are on the way to it.`,
  'Keep the devices close until it has them.',
]

/**
 * One cause and one next step for the engine, the signaling server and every device, most general first.
 *
 * @param bannedUntil - when the ban of a device ends, ms since 1970; undefined for one that is not banned
 */
export const explainAll = (
  status: SyncStatus,
  bannedUntil: (peerId: string) => number | undefined = () => undefined,
): Explanation[] => [
  explainEngine(status),
  ...(status.signaling ? [explainSignaling(status.signaling, status.signalingConnected)] : []),
  ...status.peers.map((peer) => explainPeer(peer, status, bannedUntil(peer.peerId))),
  ...(status.suspects ?? []).map(explainSuspect),
]
