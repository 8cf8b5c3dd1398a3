import { type AnyActorRef, createActor, fromCallback } from 'xstate'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import type { TransportCommand, TransportFact } from '#machines/ports'
import { PRIORITY, type Ticket } from '#wire/messages'
import type { Signal } from '#wire/signal'
import { joinRoom } from '../signaling.ts'
import { wall } from '../wall.ts'
import { createCargo } from './cargo.ts'
import type { Pipe, PipeOptions } from './pipe.ts'

const CONN_ID = 'transfer'

/** The transport, depot, queue and credit without any chart above them: what is left is what the charts cost. */
export const openTransportPipe = async ({ signaling, room, self, payload }: PipeOptions): Promise<Pipe> => {
  const cargo = createCargo(payload)
  const missing = new Map<number, { ticket: Ticket; chunks: number }>()
  let transport: AnyActorRef | undefined
  let opened = (): void => {}
  let carry = (_signal: Signal): void => {}
  const order = (command: TransportCommand) => transport?.send(command)
  const push = (): void => {
    const ticket = cargo.next(CONN_ID)
    if (ticket === undefined) return
    order({ type: 'transport.send', ticket, kind: 'entries', channel: 'bulk', priority: PRIORITY.backfill })
  }
  const grew = (msgId: number): void => {
    const message = missing.get(msgId)
    if (!message || --message.chunks > 0) return
    missing.delete(msgId)
    cargo.take(message.ticket)
  }
  const hear = (fact: TransportFact): void => {
    if (fact.type === 'link.signal') carry(fact.signal)
    else if (fact.type === 'link.opened') opened()
    else if (fact.type === 'link.writable') push()
    else if (fact.type === 'link.messageOpened')
      missing.set(fact.msgId, { ticket: fact.ticket, chunks: fact.total - 1 })
    else if (fact.type === 'link.chunk') grew(fact.msgId)
  }
  const meet = (peerId: string, role: 'dialer' | 'answerer'): void => {
    const logic = createTransportLogic({ depot: cargo.depot })
    const parent = fromCallback(({ self: parentRef, receive }) => {
      receive((event) => hear(event as TransportFact))
      transport = createActor(logic, { parent: parentRef, input: { peerId, connId: CONN_ID, epoch: 1, role } })
      transport.start()
    })
    createActor(parent).start()
  }

  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  const joined = await joinRoom(signaling, room, self, {
    onPeer: () => {},
    onSignal: (from, signal) => {
      carry = (ours) => joined.send(from, ours)
      if (!transport) meet(from, 'answerer')
      order({ type: 'transport.signal', signal: signal as Signal })
    },
  })
  const [there] = joined.peers
  if (there !== undefined) {
    carry = (ours) => joined.send(there, ours)
    meet(there, 'dialer')
  }
  await open
  return {
    send: async (total) => {
      const began = wall()
      cargo.load(total)
      push()
      return began
    },
    received: cargo.received,
  }
}
