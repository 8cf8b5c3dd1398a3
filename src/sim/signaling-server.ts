import { LIMITS } from '#model/limits'
import type { CryptoSuite } from '#trust/crypto.types'
import type { ClientFrame, JoinFrame, PeerLeftWhy, ServerFrame } from '#wire/signaling'
import { SIGNALING_CLOSE, SIGNALING_VERSION } from '#wire/signaling'
import { createTokenBucket, type TokenBucket } from '#wire/signaling-rate'
import { parseClientFrame } from '#wire/signaling-schema'
import type { Network } from './network.ts'
import { createDoor } from './signaling-server-door.ts'
import type { TimerId } from './timeline.ts'
import type { Attendant, Listener, ServerEnd } from './web-socket.ts'

/** How a simulated server goes wrong: shares of the frames it relays, 0 to 1. */
export interface ServerFaults {
  readonly duplicate: number
  readonly delay: number
  /** Its rosters name devices that have left. */
  readonly staleRoster: boolean
}

/** `fieldmesh.sig.v1` in memory: rooms, rosters, relay; can die, and can lie. */
export interface SimulatedSignaling extends Listener {
  start(): void
  /** Dies: every connection breaks, every room is forgotten. */
  stop(): void
  /** Ends politely, as a server that restarts: says when to come back, closes every connection, takes none. */
  drain(): void
  /** Every connection breaks, new ones are taken. */
  dropAll(): void
  misbehave(faults: Partial<ServerFaults>): void
  readonly connections: number
  readonly made: number
}

const HONEST: ServerFaults = { duplicate: 0, delay: 0, staleRoster: false }
/** A frame that is held back comes up to so much later, ms. */
const MOST_DELAY_MS = 3_000
/** As the real server's. */
const PING_MS = 25_000
const JOIN_MS = 5_000
const PER_SECOND = 30
const BURST = 60
const FULL_RETRY_MS = 10_000
const DRAIN_RETRY_MS = 1_000
const BUSY_RETRY_MS = 1_000

/** What the server allows, as the real one’s limits. */
export interface SimulatedBounds {
  readonly roomPeers?: number
  readonly perSecond?: number
  readonly burst?: number
}

interface Member {
  readonly place: string
  readonly end: ServerEnd
  readonly pace: TokenBucket
  room?: string
  peer?: string
  isOver: boolean
  timers: TimerId[]
}

/** @param suite what joins are verified by: of the simulation whose devices join */
export const createSimulatedSignaling = (
  network: Network,
  suite: Pick<CryptoSuite, 'verify'>,
  bounds: SimulatedBounds = {},
): SimulatedSignaling => {
  const { roomPeers = LIMITS.roomPeers, perSecond = PER_SECOND, burst = BURST } = bounds
  const { timeline } = network
  const random = network.random.fork('server')
  const members = new Set<Member>()
  const departed = new Map<string, Set<string>>()
  let faults = HONEST
  let isUp = true
  let made = 0

  const inRoom = (room: string | undefined) =>
    [...members].filter((member) => room !== undefined && member.room === room && !member.isOver)
  const say = (member: Member, frame: ServerFrame) => member.end.send(JSON.stringify(frame))
  const tell = (self: Member, frame: ServerFrame) => {
    for (const member of inRoom(self.room)) if (member !== self) say(member, frame)
  }
  const leave = (self: Member, why: PeerLeftWhy) => {
    if (!members.delete(self)) return
    self.isOver = true
    for (const timer of self.timers) timeline.cancel(timer)
    if (self.peer === undefined || self.room === undefined) return
    departed.set(self.room, (departed.get(self.room) ?? new Set()).add(self.peer))
    tell(self, { t: 'peer-left', peer: self.peer, why })
  }
  const refuse = (self: Member, code: 'bad-message' | 'bad-json') => {
    say(self, { t: 'error', code })
    leave(self, 'left')
    self.end.close(SIGNALING_CLOSE.badData)
  }
  const turnAway = (self: Member, code: 'room-full' | 'bad-proof' | 'rate-limited', retryMs?: number) => {
    say(self, { t: 'error', code, ...(retryMs !== undefined && { retryMs }) })
    leave(self, 'left')
    self.end.close(code === 'bad-proof' ? SIGNALING_CLOSE.auth : SIGNALING_CLOSE.tryLater)
  }
  const join = (self: Member, { room, peer }: JoinFrame) => {
    if (inRoom(room).length >= roomPeers) return turnAway(self, 'room-full', FULL_RETRY_MS)
    const old = inRoom(room).find((member) => member.peer === peer)
    if (old) {
      leave(old, 'replaced')
      old.end.close(SIGNALING_CLOSE.replaced)
    }
    const peers = inRoom(room).flatMap((member) => member.peer ?? [])
    const stale = faults.staleRoster ? [...(departed.get(room) ?? [])].filter((name) => name !== peer) : []
    self.room = room
    self.peer = peer
    departed.get(room)?.delete(peer)
    const roster = [...new Set([...peers, ...stale])]
    say(self, { t: 'joined', peers: roster, ice: [], session: `session-${++made}` })
    tell(self, { t: 'peer-joined', peer })
  }
  const relay = (self: Member, to: string, id: number, box: string) => {
    const target = inRoom(self.room).find((member) => member.peer === to)
    if (!target || self.peer === undefined) {
      const code = departed.get(self.room ?? '')?.has(to) ? 'peer-gone' : 'peer-unknown'
      return say(self, { t: 'error', code: self.room === undefined ? 'not-joined' : code, ref: id })
    }
    const frame = { t: 'signal', from: self.peer, id, box } as const
    const deliver = () => {
      if (!target.isOver) say(target, frame)
    }
    if (random.chance(faults.delay)) timeline.after(random.next() * MOST_DELAY_MS, deliver)
    else deliver()
    if (random.chance(faults.duplicate)) timeline.after(random.next() * MOST_DELAY_MS, deliver)
  }
  const read = (self: Member, text: string, take: (frame: ClientFrame) => void) => {
    if (!self.pace.take()) return say(self, { t: 'error', code: 'rate-limited', retryMs: self.pace.waitMs() })
    const parsed = parseClientFrame(text)
    if (!parsed.ok) {
      if (parsed.code === 'too-large' && parsed.ref !== undefined)
        return say(self, { t: 'error', code: 'too-large', ref: parsed.ref })
      return refuse(self, parsed.code === 'bad-json' ? 'bad-json' : 'bad-message')
    }
    take(parsed.frame)
  }
  const doorOf = (self: Member, nonce: string) =>
    createDoor({
      suite,
      nonce,
      isOver: () => self.isOver,
      admit: (frame) => join(self, frame),
      turnAway: (code) => turnAway(self, code, code === 'rate-limited' ? BUSY_RETRY_MS : undefined),
      refuse: () => refuse(self, 'bad-message'),
      obey: (frame) => {
        if (frame.t === 'signal') return relay(self, frame.to, frame.id, frame.box)
        leave(self, 'left')
        self.end.close(SIGNALING_CLOSE.normal)
      },
    })
  /** A device that does not answer two pings is gone. */
  const watch = (self: Member) => {
    let missed = 0
    const look = () => {
      const isReached = network.isOpen('server', self.place) && network.isOpen(self.place, 'server')
      missed = isReached && self.end.answers ? 0 : missed + 1
      if (missed >= 2) {
        leave(self, 'timeout')
        self.end.break()
      } else self.timers.push(timeline.after(PING_MS, look))
    }
    self.timers.push(timeline.after(PING_MS, look))
    self.timers.push(
      timeline.after(JOIN_MS, () => {
        if (self.room !== undefined || self.isOver) return
        say(self, { t: 'error', code: 'join-timeout' })
        leave(self, 'left')
        self.end.close(SIGNALING_CLOSE.tryLater)
      }),
    )
  }
  /** Everybody is out, and nobody is told of the others. */
  const empty = (end: (member: Member) => void) => {
    for (const member of Array.from(members)) {
      member.isOver = true
      for (const timer of member.timers) timeline.cancel(timer)
      members.delete(member)
      end(member)
    }
    departed.clear()
  }
  const dropAll = () => empty(({ end }) => end.break())

  return {
    place: 'server',
    get isUp() {
      return isUp
    },
    accept: (end, place): Attendant => {
      const pace = createTokenBucket(perSecond, burst, timeline.now)
      const self: Member = { place, end, pace, isOver: false, timers: [] }
      members.add(self)
      made += 1
      const nonce = `nonce-${made}`
      const { take } = doorOf(self, nonce)
      watch(self)
      say(self, {
        t: 'hello',
        v: SIGNALING_VERSION,
        nonce,
        node: 'simulated',
        ping: PING_MS,
        limits: {
          frameBytes: LIMITS.signalingFrameBytes,
          boxBytes: LIMITS.signalBytes,
          roomPeers,
          perSecond,
          burst,
          joinMs: JOIN_MS,
        },
      })
      return {
        received: (text) => {
          if (!self.isOver) read(self, text, take)
        },
        ended: (code) =>
          leave(self, code === SIGNALING_CLOSE.normal || code === SIGNALING_CLOSE.goingAway ? 'left' : 'timeout'),
      }
    },
    start: () => {
      isUp = true
    },
    stop: () => {
      isUp = false
      dropAll()
    },
    drain: () => {
      isUp = false
      empty((member) => {
        say(member, { t: 'drain', retryMs: DRAIN_RETRY_MS })
        member.end.close(SIGNALING_CLOSE.restart)
      })
    },
    dropAll,
    misbehave: (changes) => {
      faults = { ...HONEST, ...changes }
    },
    get connections() {
      return members.size
    },
    get made() {
      return made
    },
  }
}
