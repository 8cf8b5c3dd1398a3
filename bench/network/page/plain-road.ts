import { localCandidateText } from '#adapters/webrtc/candidates'
import { candidateLine } from '#wire/candidate-line'
import { decodeCandidate } from '#wire/candidate-signal'
import { DATA_MID, fieldsOfSdp, sdpOf } from '#wire/session-sdp'
import { readSession, sessionText } from '#wire/session-signal'
import type { Signal } from '#wire/signal'
import { editOf, FRAME_BYTES, idOf, noise, type Road, type RoadOptions } from './road.ts'

const BULK = noise(FRAME_BYTES)
/** Of a ping or pong, as many bytes as ours: a chunk's header, the kind, the id. */
const CTL_BYTES = 19
const PING = 0
const PONG = 1

const ctlOf = (kind: number, id: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(CTL_BYTES)
  bytes[0] = kind
  new DataView(bytes.buffer).setUint32(1, id)
  return bytes
}

/** Negotiation without any care: one dials, one answers. */
const negotiate = (pc: RTCPeerConnection, { id, dials, ears }: RoadOptions) => {
  const describe = async () => {
    await pc.setLocalDescription()
    const { type, sdp = '' } = pc.localDescription ?? {}
    const own = fieldsOfSdp(sdp)
    if ((type === 'offer' || type === 'answer') && own.ok)
      ears.signal({ kind: type, connId: id, epoch: 1, session: sessionText(own.session) })
  }
  pc.onicecandidate = ({ candidate: it }) => {
    const candidate = it && localCandidateText(it, undefined)
    if (candidate) ears.signal({ kind: 'candidate', connId: id, candidate })
  }
  if (dials) void describe()
  const take = async (signal: Signal) => {
    if (signal.kind === 'candidate') {
      const told = decodeCandidate(signal.candidate)
      if (told.ok && told.candidate)
        await pc.addIceCandidate({ candidate: candidateLine(told.candidate, told.ufrag), sdpMid: DATA_MID })
    }
    if (signal.kind !== 'offer' && signal.kind !== 'answer') return
    const theirs = readSession(signal.kind, signal.session)
    if (!theirs.ok) return ears.lost(theirs.reason)
    await pc.setRemoteDescription({ type: signal.kind, sdp: sdpOf(theirs.session, signal.kind) })
    if (signal.kind === 'offer') await describe()
  }
  let queue = Promise.resolve()
  return (signal: Signal): void => {
    queue = queue.then(() => take(signal))
  }
}

/**
 * What one does without receiver credit: the same two channels and frames, and bulk handed over while `bufferedAmount` is
 * below the high-water mark, again when it fell to half of it. An edit goes to the channel at once.
 */
export const plainRoad = (options: RoadOptions, highBytes: number): Road => {
  const { ears } = options
  const pc = new RTCPeerConnection()
  const channel = (label: string, id: number) => {
    const it = pc.createDataChannel(label, { negotiated: true, id, ordered: true })
    it.binaryType = 'arraybuffer'
    it.onclose = () => ears.lost('closed')
    return it
  }
  const [ctl, bulk] = [channel('ctl', 0), channel('bulk', 1)]
  let saturated = false

  const fill = (): void => {
    while (saturated && bulk.readyState === 'open' && bulk.bufferedAmount < highBytes) bulk.send(BULK)
  }
  const opened = (): void => {
    if (ctl.readyState === 'open' && bulk.readyState === 'open') ears.opened()
  }

  bulk.bufferedAmountLowThreshold = highBytes / 2
  bulk.onbufferedamountlow = fill
  bulk.onopen = opened
  ctl.onopen = opened
  bulk.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    if (data.byteLength === FRAME_BYTES) ears.bulk(FRAME_BYTES)
    else ears.edit(idOf(new Uint8Array(data)))
  }
  ctl.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const view = new DataView(data)
    const id = view.getUint32(1)
    if (view.getUint8(0) === PONG) return ears.pong(id)
    ears.ping(id)
    ctl.send(ctlOf(PONG, id))
  }

  return {
    signal: negotiate(pc, options),
    saturate: () => {
      saturated = true
      fill()
    },
    relax: () => {
      saturated = false
    },
    ping: (id) => ctl.send(ctlOf(PING, id)),
    edit: (id) => bulk.send(editOf(id)),
    close: () => {
      saturated = false
      pc.close()
    },
  }
}
