import { makePeerId } from '#model/identity'
import { PROTOCOL } from '#model/protocol'
import type { Host } from '#sim/host'
import { createHost } from '#sim/host'
import type { Network } from '#sim/network'
import type { SimulatedChannel } from '#sim/data-channel'
import type { SimulatedPeerConnection } from '#sim/peer-connection'
import type { Rtc } from '#sim/rtc'
import { createWebSocketClass, type Listener } from '#sim/web-socket'
import { encodeControl } from '#wire/control-codec'
import { chunksOf } from '#wire/chunk'
import { type ControlMessage, PRIORITY } from '#wire/messages'
import type { Signal } from '#wire/signal'
import { parseSignal } from '#wire/signaling-schema'
import { hostileFrames } from './hostile-frames.ts'
import type { HostilePeer } from './types.ts'

interface Ground {
  readonly network: Network
  readonly rtc: Rtc
  readonly server: Listener
  readonly room: string
}

interface Link {
  readonly pc: SimulatedPeerConnection
  readonly ctl: SimulatedChannel
  readonly bulk: SimulatedChannel
  readonly connId: string
}

/** Between two frames of an attack, ms. */
const PACE_MS = 40
/** With so much under way on a slow road it holds its fire: browsers refuse more than 16 MiB. */
const ENOUGH_BYTES = 8 * 1024 * 1024
/** Between two attempts at a link, ms. */
const AGAIN_MS = 4_000

/**
 * A member of the room that speaks the protocol just well enough to get a link, and then sends what no device of
 * ours sends. It has no engine: signaling and the link are done by hand.
 */
export const createHostilePeer = (name: string, ground: Ground): HostilePeer => {
  const { network, rtc, server, room } = ground
  const { timeline } = network
  const random = network.random.fork(`hostile ${name}`)
  const host: Host = createHost({ name, timeline, wallNow: timeline.now })
  const PeerConnection = rtc.classFor(host, name)
  const WebSocket = createWebSocketClass(network, server, host, name)
  const peerId = makePeerId(random.bytes(16))
  const links = new Map<string, Link>()
  const socket = new WebSocket('ws://server/')
  let nextId = 1
  let sent = 0

  const signal = (to: string, box: Signal | string) =>
    socket.send(
      JSON.stringify({ t: 'signal', to, id: nextId++, box: typeof box === 'string' ? box : JSON.stringify(box) }),
    )
  const say = (channel: SimulatedChannel, message: ControlMessage) => {
    const head = { kind: message.kind, msgId: nextId++, priority: PRIORITY.control, deflated: false }
    for (const frame of chunksOf(encodeControl(message), head)) send(channel, frame)
  }
  const send = (channel: SimulatedChannel, frame: Uint8Array | string) => {
    if (channel.readyState !== 'open' || channel.bufferedAmount > ENOUGH_BYTES) return
    channel.send(typeof frame === 'string' ? frame : frame.slice())
    sent += 1
  }
  /** Two weapons for each link: with all of them it would be shown the door before the subtle ones come up. */
  const attack = (link: Link, weapons = [random.pick(hostileFrames), random.pick(hostileFrames)]) => {
    if (link.ctl.readyState !== 'open') return
    const { channel, frame } = random.pick(weapons)
    send(link[channel], frame(random, nextId++))
    host.steady.setTimeout(() => attack(link, weapons), PACE_MS * random.next())
  }
  const opened = (link: Link) => {
    if (random.chance(0.8))
      say(link.ctl, { kind: 'hello', protocol: PROTOCOL, peerId, epoch: 1, digest: '0'.repeat(16), cookie: '' })
    attack(link)
  }
  const open = (other: string, connId: string): Link => {
    links.get(other)?.pc.close()
    const pc = new PeerConnection()
    const link: Link = {
      pc,
      connId,
      ctl: pc.createDataChannel('ctl', { negotiated: true, id: 0 }),
      bulk: pc.createDataChannel('bulk', { negotiated: true, id: 1 }),
    }
    links.set(other, link)
    link.ctl.onopen = () => opened(link)
    pc.onicecandidate = ({ candidate }) => {
      const line = candidate?.candidate
      if (line !== undefined) signal(other, { kind: 'candidate', connId, candidate: line, mid: '0', line: 0 })
    }
    return link
  }
  const dial = async (other: string) => {
    const connId = `${peerId}.${other}.1.0.${nextId++}`
    const { pc } = open(other, connId)
    await pc.setLocalDescription()
    signal(other, { kind: 'offer', connId, epoch: 1, sdp: pc.localDescription?.sdp ?? '' })
  }
  const answer = async (from: string, { connId, sdp }: Extract<Signal, { sdp: string }>) => {
    const { pc } = open(from, connId)
    await pc.setRemoteDescription({ type: 'offer', sdp })
    await pc.setLocalDescription()
    signal(from, { kind: 'answer', connId, epoch: 1, sdp: pc.localDescription?.sdp ?? '' })
    if (random.chance(0.5)) signal(from, { kind: 'answer', connId, epoch: 1, sdp: 'v=0 nonsense' })
  }
  const heard = (from: string, signaled: Signal) => {
    const link = links.get(from)
    if (signaled.kind === 'offer') answer(from, signaled).catch(() => undefined)
    else if (signaled.kind === 'answer' && link?.connId === signaled.connId)
      link.pc.setRemoteDescription({ type: 'answer', sdp: signaled.sdp }).catch(() => undefined)
    else if (signaled.kind === 'candidate' && link?.connId === signaled.connId)
      link.pc.addIceCandidate({ candidate: signaled.candidate }).catch(() => undefined)
    if (random.chance(0.2)) signal(from, random.pick(['{', '{"kind":"offer"}', 'null', '"\\ud800"']))
  }
  /** Refused, it comes again; who has the lower id dials, the other asks to be dialed. */
  const meet = (other: string) => {
    if (links.get(other)?.ctl.readyState !== 'open') {
      if (peerId < other) dial(other).catch(() => undefined)
      else signal(other, { kind: 'nudge', epoch: random.int(0, 2 ** 40) })
    }
    host.steady.setTimeout(() => meet(other), AGAIN_MS * random.next())
  }

  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as {
      t: string
      peers?: string[]
      peer?: string
      from?: string
      box?: string
    }
    if (frame.t === 'hello') socket.send(JSON.stringify({ t: 'join', room, peer: peerId }))
    for (const peer of frame.peers ?? []) meet(peer)
    if (frame.t === 'peer-joined' && frame.peer !== undefined) meet(frame.peer)
    // Another hostile member sends it what it sends to all.
    const parsed = frame.t === 'signal' ? parseSignal(frame.box ?? '') : undefined
    if (frame.from !== undefined && parsed?.ok) heard(frame.from, parsed.signal)
  }
  return {
    name,
    peerId,
    get sent() {
      return sent
    },
    leave: () => {
      socket.close()
      for (const { pc } of links.values()) pc.close()
      host.kill()
    },
  }
}
