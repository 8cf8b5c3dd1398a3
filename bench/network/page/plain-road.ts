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
    const { type, sdp } = pc.localDescription ?? {}
    if ((type === 'offer' || type === 'answer') && sdp) ears.signal({ kind: type, connId: id, epoch: 1, sdp })
  }
  pc.onicecandidate = ({ candidate: it }) => {
    if (!it?.candidate) return
    ears.signal({ kind: 'candidate', connId: id, candidate: it.candidate, mid: it.sdpMid ?? '0', line: 0 })
  }
  if (dials) void describe()
  const take = async (signal: Signal) => {
    if (signal.kind === 'candidate') await pc.addIceCandidate({ candidate: signal.candidate, sdpMid: signal.mid })
    if (signal.kind !== 'offer' && signal.kind !== 'answer') return
    await pc.setRemoteDescription({ type: signal.kind, sdp: signal.sdp })
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
