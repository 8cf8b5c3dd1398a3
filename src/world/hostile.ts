import type { Host } from '#sim/host'
import { createHost } from '#sim/host'
import type { Network } from '#sim/network'
import type { SimulatedChannel } from '#sim/data-channel'
import type { SimulatedPeerConnection } from '#sim/peer-connection'
import type { Rtc } from '#sim/rtc'
import { createWebSocketClass, type Listener } from '#sim/web-socket'
import type { SimCrypto } from '#sim/crypto'
import { peerIdOf } from '#trust/peer-id-of'
import type { RoomKeys } from '#trust/room-keys'
import { createSocketTrust } from '#trust/socket-trust'
import { utf8 } from '#trust/statement'
import { encodeControl } from '#wire/control-codec'
import { chunksOf } from '#wire/chunk'
import { type ControlMessage, PRIORITY } from '#wire/messages'
import type { DescriptionSignal, Signal } from '#wire/signal'
import { parseSignal } from '#wire/signaling-schema'
import { type HostileFrame, hostileFrames } from './hostile-frames.ts'
import { createHostileHandshake } from './hostile-handshake.ts'
import { believe, describedBy, hostileDescription, toldBy } from './hostile-signals.ts'
import type { HostilePeer } from './types.ts'

interface Ground {
  readonly network: Network
  readonly rtc: Rtc
  readonly server: Listener
  readonly room: Promise<RoomKeys>
  readonly crypto: SimCrypto
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
 *
 * @param arms - it keeps to the protocol until it is believed, and then uses each of these; by default it misbehaves
 *   from the first signal on, and takes to each link two of `hostileFrames`
 */
export const createHostilePeer = (name: string, ground: Ground, arms?: readonly HostileFrame[]): HostilePeer => {
  const { network, rtc, server, room, crypto } = ground
  const { timeline } = network
  const random = network.random.fork(`hostile ${name}`)
  const host: Host = createHost({ name, timeline, wallNow: timeline.now })
  const PeerConnection = rtc.classFor(host, name)
  const WebSocket = createWebSocketClass(network, server, host, name)
  const device = crypto.signerOf(random.bytes(32))
  const peerId = peerIdOf(device.publicKey)
  const suite = crypto.suiteFor(random.bytes)
  const trust = room.then((keys) => createSocketTrust({ suite, room: keys, device, epoch: 1 }))
  const links = new Map<string, Link>()
  const met = new Set<string>()
  const socket = new WebSocket('ws://server/')
  let nextId = 1
  let sent = 0
  let linked = 0

  const post = (to: string, box: string) => socket.send(JSON.stringify({ t: 'signal', to, id: nextId++, box }))
  const seal = async (to: string, text: string) => post(to, await (await trust).seal(to, utf8(text)))
  /** What is no signal is sent in a box that opens, or as it is. */
  const signal = (to: string, content: Signal | string) => {
    if (typeof content === 'string' && random.chance(0.5)) post(to, content)
    else seal(to, typeof content === 'string' ? content : JSON.stringify(content)).catch(() => undefined)
  }
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
  const attack = (link: Link, weapons = arms ?? [random.pick(hostileFrames), random.pick(hostileFrames)]) => {
    if (link.ctl.readyState !== 'open' || weapons.length === 0) return
    const { channel, frame, times = 1 } = random.pick(weapons)
    for (let i = 0; i < times; i++) {
      const frames = frame(random, nextId++)
      for (const one of Array.isArray(frames) ? frames : [frames]) send(link[channel], one)
    }
    host.steady.setTimeout(() => attack(link, weapons), PACE_MS * random.next())
  }
  /** With its keys it is believed at first, which leads furthest; without a proof, or in its place, it attacks too. */
  const opened = (other: string, link: Link) => {
    linked += 1
    if (!arms && random.chance(0.2)) return attack(link)
    const handshake = createHostileHandshake({
      pc: link.pc,
      other,
      room,
      device,
      nonce: random.bytes(16),
      say: (message) => say(link.ctl, message),
      proven: () => attack(link),
    })
    link.ctl.onmessage = ({ data }) => handshake.hear(data)
    handshake.begin()
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
    link.ctl.onopen = () => opened(other, link)
    pc.onicecandidate = ({ candidate }) => {
      const told = toldBy(candidate?.candidate, connId)
      if (told) signal(other, told)
    }
    return link
  }
  const dial = async (other: string) => {
    const connId = `${peerId}.${other}.1.0.${nextId++}`
    const { pc } = open(other, connId)
    await pc.setLocalDescription()
    signal(other, describedBy(pc, 'offer', connId))
  }
  const answer = async (from: string, offer: DescriptionSignal) => {
    const { connId } = offer
    const { pc } = open(from, connId)
    await believe(pc, offer)
    await pc.setLocalDescription()
    signal(from, describedBy(pc, 'answer', connId))
    if (!arms && random.chance(0.5)) signal(from, hostileDescription(random, pc, connId))
  }
  const heard = (from: string, signaled: Signal) => {
    const link = links.get(from)
    if (signaled.kind === 'offer') answer(from, signaled).catch(() => undefined)
    else if (signaled.kind !== 'nudge' && link?.connId === signaled.connId)
      believe(link.pc, signaled).catch(() => undefined)
    if (!arms && random.chance(0.2)) signal(from, random.pick(['{', '{"kind":"offer"}', 'null', '"\\ud800"']))
  }
  /** Refused, it comes again; who has the lower id dials, the other asks to be dialed. */
  const meet = (other: string) => {
    met.add(other)
    if (links.get(other)?.ctl.readyState !== 'open') {
      if (peerId < other) dial(other).catch(() => undefined)
      else signal(other, { kind: 'nudge', epoch: random.int(0, 2 ** 40) })
    }
    host.steady.setTimeout(() => meet(other), AGAIN_MS * random.next())
  }

  /** Calls as if it had started anew each time: who asks to be dialed, or offers what leads nowhere. */
  const pester = (other: string) => {
    const epoch = random.int(0, 2 ** 40)
    const connId = `${peerId}.${other}.${epoch}.0.1`
    signal(other, peerId < other ? { kind: 'offer', connId, epoch, session: 'AQ' } : { kind: 'nudge', epoch })
  }

  const join = async (nonce: string) => {
    const claim = { room: (await room).id, peer: peerId, nonce }
    socket.send(JSON.stringify({ t: 'join', room: claim.room, peer: peerId, ...(await (await trust).prove(claim)) }))
  }
  const unpack = async (from: string, box: string) => {
    const opening = await (await trust).open(from, box)
    // Another hostile member sends it what it sends to all.
    const parsed = opening.ok ? parseSignal(new TextDecoder().decode(opening.plain)) : undefined
    if (parsed?.ok) heard(from, parsed.signal)
  }

  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as {
      t: string
      peers?: string[]
      peer?: string
      from?: string
      box?: string
      nonce?: string
    }
    if (frame.t === 'hello') join(frame.nonce ?? '').catch(() => undefined)
    for (const peer of frame.peers ?? []) meet(peer)
    if (frame.t === 'peer-joined' && frame.peer !== undefined) meet(frame.peer)
    if (frame.t === 'signal') unpack(frame.from ?? '', frame.box ?? '').catch(() => undefined)
  }
  return {
    name,
    peerId,
    get sent() {
      return sent
    },
    get linked() {
      return linked
    },
    pester: (times) => {
      for (let i = 0; i < times; i++) for (const other of met) pester(other)
    },
    leave: () => {
      socket.close()
      for (const { pc } of links.values()) pc.close()
      host.kill()
    },
  }
}
