import { openConnection, type PeerConnectionClass } from '#adapters/webrtc/connection'
import { localCandidateText } from '#adapters/webrtc/candidates'
import type { Fingerprints } from '#machines/ports'
import { base64url } from '#model/base64url'
import { candidateLine } from '#wire/candidate-line'
import { decodeCandidate } from '#wire/candidate-signal'
import type { ChannelName } from '#wire/messages'
import type { SessionFields } from '#wire/session'
import { DATA_MID, fieldsOfSdp, sdpOf } from '#wire/session-sdp'
import { type DescriptionKind, readSession, sessionText } from '#wire/session-signal'
import type { DescriptionSignal } from '#wire/signal'

/** One connection of the relay's own, towards one device, which takes it for the other device. */
export interface RelayEnd {
  /** What it says of itself: its own credentials and its own certificate. */
  readonly describe: () => Promise<{ readonly kind: DescriptionKind; readonly session: string }>
  readonly believe: (signal: Pick<DescriptionSignal, 'kind' | 'session'>) => Promise<void>
  /** A candidate of the device. */
  readonly meet: (candidate: string) => Promise<void>
  /** Of this very connection, as the relay sees it. */
  readonly fingerprints: () => Fingerprints
  /** At once, or as soon as the channel is open. */
  readonly send: (channel: ChannelName, frame: Uint8Array) => void
  readonly close: () => void
}

export interface RelayEndListener {
  readonly found: (candidate: string) => void
  readonly heard: (channel: ChannelName, frame: Uint8Array) => void
}

const localSession = (pc: RTCPeerConnection): SessionFields => {
  const parsed = fieldsOfSdp(pc.localDescription?.sdp ?? '')
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.session
}

const sendingOver = (channel: RTCDataChannel): ((frame: Uint8Array) => void) => {
  const waiting: Uint8Array[] = []
  const send = (frame: Uint8Array) => channel.send(frame.slice())
  channel.onopen = () => {
    for (const frame of waiting.splice(0)) send(frame)
  }
  return (frame) => {
    if (channel.readyState === 'open') send(frame)
    else if (channel.readyState === 'connecting') waiting.push(frame)
  }
}

export const createRelayEnd = (PeerConnection: PeerConnectionClass, { found, heard }: RelayEndListener): RelayEnd => {
  const connection = openConnection([], PeerConnection)
  if (connection instanceof Error) throw connection
  const { pc, channels } = connection
  let theirs = ''
  for (const name of ['ctl', 'bulk'] as const)
    channels[name].onmessage = ({ data }: MessageEvent<ArrayBuffer>) => heard(name, new Uint8Array(data))
  const senders = { ctl: sendingOver(channels.ctl), bulk: sendingOver(channels.bulk) }
  pc.onicecandidate = ({ candidate }) => {
    const text = candidate?.candidate && localCandidateText(candidate, localSession(pc).ufrag)
    if (text) found(text)
  }
  return {
    describe: async () => {
      await pc.setLocalDescription()
      const kind = pc.localDescription?.type === 'offer' ? 'offer' : 'answer'
      return { kind, session: sessionText(localSession(pc)) }
    },
    believe: async ({ kind, session }) => {
      const parsed = readSession(kind, session)
      if (!parsed.ok) throw new Error(parsed.reason)
      theirs = base64url(parsed.session.fingerprint)
      await pc.setRemoteDescription({ type: kind, sdp: sdpOf(parsed.session, kind) })
    },
    meet: async (text) => {
      const told = decodeCandidate(text)
      if (!told.ok || !told.candidate) return
      await pc.addIceCandidate({ candidate: candidateLine(told.candidate, told.ufrag), sdpMid: DATA_MID })
    },
    fingerprints: () => ({ ours: base64url(localSession(pc).fingerprint), theirs }),
    send: (channel, frame) => senders[channel](frame),
    close: () => pc.close(),
  }
}
