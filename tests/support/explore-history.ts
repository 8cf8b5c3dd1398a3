import type { AnyActorRef, AnyMachineSnapshot, EventObject } from 'xstate'

/**
 * What cannot happen, whatever the machine. An event that breaks one of these is not explored; and in worlds of real
 * engines none ever arrives that does (`tests/model/pair.test.ts`). Whatever else is not explored can happen:
 * that is the spec's `focus`, and is walked at random.
 */
export interface HistoryRule {
  readonly id: `HISTORY-${number}`
  /** The rule in one plain clause. */
  readonly says: string
  allows(snapshot: AnyMachineSnapshot, event: EventObject): boolean
}

const CHILD_END = /^xstate\.(done|error)\.actor\.(.+)$/
const TIMER = /^xstate\.after\./

/** The child that an `xstate.done.actor.*` or `xstate.error.actor.*` event names. */
export const endedChild = (type: string): string | undefined => CHILD_END.exec(type)?.[2]

/** Who sits in which seat says what: the facts of `machines/ports.ts`, and the reports of charts to the mesh. */
export const SPEAKERS = {
  transport: ['link.'],
  prover: ['prover.'],
  ban: ['ban.'],
  replicator: ['replicator.'],
  pulse: ['pulse.'],
  socket: ['socket.'],
  leadership: ['leadership.'],
  presence: ['page.', 'network.'],
  storageHealth: ['storage.'],
  signaling: ['signaling.'],
  peer: ['peer.'],
} as const satisfies Record<string, readonly string[]>

const hasSeat = ({ machine }: AnyMachineSnapshot, seat: string): boolean =>
  Object.hasOwn(machine.implementations.actors, seat)

/** The seat of the machine from which such an event comes; none where somebody else says it, or passes it on. */
const seatOf = (snapshot: AnyMachineSnapshot, { type }: EventObject): string | undefined =>
  Object.entries(SPEAKERS).find(
    ([seat, prefixes]) => hasSeat(snapshot, seat) && prefixes.some((prefix) => type.startsWith(prefix)),
  )?.[0]

/** Of a seat for many, which child: reports name the device. */
const nameIn = (event: EventObject & { readonly peerId?: unknown; readonly to?: unknown }): unknown =>
  event.peerId ?? event.to

const hasSpeaker = (snapshot: AnyMachineSnapshot, event: EventObject): boolean => {
  const seat = seatOf(snapshot, event)
  if (seat === undefined) return true
  const children: readonly (AnyActorRef | undefined)[] = Object.values(snapshot.children)
  return children.some(
    (child) => child?.src === seat && (child.id === seat || child.id === `${seat}:${String(nameIn(event))}`),
  )
}

/**
 * What signaling tells the mesh, in turn: it comes into the room, tells of it, and is out of it. That it keeps to
 * this is read from its own graph.
 */
export const ROOM = {
  enters: /^signaling\.online$/,
  tells: /^signaling\.(peerJoined|peerLeft|peerGone|received)$/,
  leaves: /^signaling\.(down|refused)$/,
} as const

const keepsToTheRoom = (snapshot: AnyMachineSnapshot, { type }: EventObject): boolean => {
  if (!hasSeat(snapshot, 'signaling')) return true
  const isInside = snapshot.matches({ running: { rendezvous: { served: 'viaServer' } } })
  if (ROOM.enters.test(type)) return !isInside && snapshot.context.signalingUrl !== null
  return !ROOM.tells.test(type) || isInside
}

const hasTimer = (snapshot: AnyMachineSnapshot, { type }: EventObject): boolean =>
  !TIMER.test(type) || snapshot._nodes.some((node) => node.transitions.has(type))

export const HISTORY_RULES: readonly HistoryRule[] = [
  {
    id: 'HISTORY-1',
    says: 'only a child that lives can end',
    allows: ({ children }, { type }) => {
      const child = endedChild(type)
      return child === undefined || children[child] !== undefined
    },
  },
  { id: 'HISTORY-2', says: 'only a child that lives can speak', allows: hasSpeaker },
  { id: 'HISTORY-3', says: 'a timer goes off only while a state lasts that waits for it', allows: hasTimer },
  {
    id: 'HISTORY-4',
    says: 'signaling tells of a room only between its entering and its leaving, and enters only where a server is set',
    allows: keepsToTheRoom,
  },
]

/** Rules that an event would break in that snapshot; none for one that can happen. */
export const brokenRules = (snapshot: AnyMachineSnapshot, event: EventObject): HistoryRule[] =>
  HISTORY_RULES.filter((rule) => !rule.allows(snapshot, event))
