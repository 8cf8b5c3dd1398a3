import { type CallbackActorLogic, fromCallback } from 'xstate'
import type { TransportCommand, TransportFact, TransportInput } from '#machines/ports'
import { chunksOf } from '#wire/chunk'
import { decodeControl, encodeControl } from '#wire/control-codec'
import { packBytes } from '#wire/deflate'
import type { Depot } from '#wire/depot-types'
import { type ControlMessage, type MessageKind, PRIORITY, type Priority } from '#wire/messages'
import { sessionText } from '#wire/session-signal'
import { sampleSession } from '#wire/session.testing'

type Tell = (fact: TransportFact) => void
interface End {
  readonly connId: string
  readonly peerId: string
  readonly tell: Tell
  readonly receive: (frame: Uint8Array) => void
  other?: End
}

/** Links in memory between the engines of one test: they open, carry every frame in order, and can be cut. */
export interface MemoryLinks {
  transport(selfId: string): (depot: Depot) => CallbackActorLogic<TransportCommand, TransportInput>
  /** Breaks every link there is, as a lost network does: both ends are told. */
  cut(): void
  /** While false, no new link comes up. */
  setReachable(reachable: boolean): void
  readonly open: number
}

/** Nobody can sit in between: both ends have the same certificate. */
const OPENED_IN_MEMORY = {
  type: 'link.opened',
  fingerprints: { ours: 'M'.repeat(43), theirs: 'M'.repeat(43) },
} as const

/** What anybody says of himself here. */
const OFFER = sessionText(sampleSession)
const ANSWER = sessionText({ ...sampleSession, setup: 'active' })

/** Makes the links' world. Everything is delivered as a microtask: never inside the sender's own call. */
export const createMemoryLinks = (): MemoryLinks => {
  const ends = new Set<End>()
  let reachable = true
  const join = (a: End, b: End) => {
    a.other = b
    b.other = a
    for (const end of [a, b]) end.tell(OPENED_IN_MEMORY)
  }
  const separate = (end: End) => {
    const { other } = end
    delete end.other
    if (other) delete other.other
    return other
  }
  return {
    transport: () => (depot) =>
      fromCallback<TransportCommand, TransportInput>(({ input, sendBack, receive }) => {
        const end = createEnd(input, depot, sendBack)
        ends.add(end)
        if (input.role === 'dialer')
          end.tell({
            type: 'link.signal',
            signal: { kind: 'offer', connId: input.connId, epoch: input.epoch, session: OFFER },
          })
        receive((command) => {
          if (command.type === 'transport.say')
            send(end, command.message.kind, encodeControl(command.message), PRIORITY.control)
          else if (command.type === 'transport.send') sendTicket(end, depot, command)
          else if (command.type === 'transport.signal') negotiate(end, input, command.signal.kind)
        })
        return () => {
          ends.delete(end)
          depot.dropAll(input.connId)
          separate(end)?.tell({ type: 'link.closed' })
        }
      }),
    cut: () => {
      for (const end of new Set(ends)) {
        const other = separate(end)
        if (!other) continue
        end.tell({ type: 'link.failed', fault: 'link-failed' })
        other.tell({ type: 'link.failed', fault: 'link-failed' })
      }
    },
    setReachable: (value) => {
      reachable = value
    },
    get open() {
      return [...ends].filter((end) => end.other).length / 2
    },
  }

  function negotiate(end: End, input: TransportInput, kind: string) {
    if (kind === 'offer')
      end.tell({
        type: 'link.signal',
        signal: { kind: 'answer', connId: input.connId, epoch: input.epoch, session: ANSWER },
      })
    if (kind !== 'answer' || !reachable) return
    const other = [...ends].find((one) => one.connId === input.connId && one !== end && !one.other)
    if (other) join(end, other)
  }
}

const createEnd = (input: TransportInput, depot: Depot, sendBack: Tell): End => {
  const tell: Tell = (fact) => queueMicrotask(() => sendBack(fact))
  let refusals = 0
  const receive = (frame: Uint8Array) => {
    const outcome = depot.deposit(input.connId, frame)
    if (outcome.is === 'refused') return sendBack({ type: 'link.refused', fault: outcome.fault, count: ++refusals })
    const { ticket, kind, msgId, total, is } = outcome
    if (total > 1)
      return sendBack(
        is === 'opened' ? { type: 'link.messageOpened', msgId, ticket, kind, total } : { type: 'link.chunk', msgId },
      )
    if (kind === 'vector' || kind === 'entries') return sendBack({ type: 'link.message', ticket, kind })
    const message = said(depot.take(ticket))
    if (message) sendBack({ type: 'link.said', message })
    return sendBack({ type: 'link.heard' })
  }
  return { connId: input.connId, peerId: input.peerId, tell, receive }
}

const said = (bytes: Uint8Array | undefined) => {
  const decoded = bytes && decodeControl(bytes)
  if (!decoded?.ok) return undefined
  const message: ControlMessage = decoded.message
  return message.kind === 'vector' || message.kind === 'credit' ? undefined : message
}

let nextMessage = 1
const send = ({ other }: End, kind: MessageKind, bytes: Uint8Array, priority: Priority) => {
  if (!other) return
  const packed = kind === 'entries' ? packBytes(bytes) : { bytes, deflated: false }
  for (const frame of chunksOf(packed.bytes, { kind, msgId: nextMessage++, priority, deflated: packed.deflated }))
    queueMicrotask(() => other.receive(frame))
}

const sendTicket = (
  end: End,
  depot: Depot,
  { ticket, kind, priority }: Extract<TransportCommand, { type: 'transport.send' }>,
) => {
  const bytes = depot.take(ticket)
  if (bytes) send(end, kind, bytes, priority)
  end.tell({ type: 'link.sent', ticket })
  end.tell({ type: 'link.writable' })
}
