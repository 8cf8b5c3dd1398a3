import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import type { TransportCommand, TransportFact } from '#machines/ports'
import { CHUNK_PAYLOAD } from '#wire/chunk'
import { createDepot } from '#wire/depot'
import { PRIORITY, type Priority, type Ticket } from '#wire/messages'
import { createActor, setup } from 'xstate'
import { editOf, FRAME_BYTES, idOf, noise, type Road, type RoadOptions } from './road.ts'

/** A batch of the size that replication makes. */
const BATCH_CHUNKS = 10

/** The transport that ships, under a parent that does what the charts do with its facts, and nothing else. */
export const ourRoad = ({ id, dials, ears }: RoadOptions): Road => {
  const depot = createDepot()
  const logic = createTransportLogic({ depot })
  const batch = noise(BATCH_CHUNKS * CHUNK_PAYLOAD)
  const open = new Map<number, { ticket: Ticket; missing: number }>()
  let saturated = false

  const send = (bytes: Uint8Array, priority: Priority): void => {
    const ticket = depot.put(id, bytes)
    if (ticket === undefined) ears.lost('the depot is full')
    else order({ type: 'transport.send', ticket, kind: 'entries', channel: 'bulk', priority })
  }

  const grew = (msgId: number): void => {
    ears.bulk(FRAME_BYTES)
    const message = open.get(msgId)
    if (!message) return
    message.missing -= 1
    if (message.missing > 0) return
    open.delete(msgId)
    depot.drop(message.ticket)
  }

  const said = (message: Extract<TransportFact, { type: 'link.said' }>['message']): void => {
    if (message.kind === 'pong') ears.pong(message.id)
    if (message.kind !== 'ping') return
    ears.ping(message.id)
    order({ type: 'transport.say', message: { kind: 'pong', id: message.id } })
  }

  const hear = (fact: TransportFact): void => {
    if (fact.type === 'link.signal') ears.signal(fact.signal)
    if (fact.type === 'link.opened') ears.opened()
    if (fact.type === 'link.said') said(fact.message)
    if (fact.type === 'link.writable' && saturated) send(batch, PRIORITY.backfill)
    if (fact.type === 'link.messageOpened') open.set(fact.msgId, { ticket: fact.ticket, missing: fact.total })
    if (fact.type === 'link.messageOpened' || fact.type === 'link.chunk') grew(fact.msgId)
    if (fact.type === 'link.message') {
      const bytes = depot.take(fact.ticket)
      if (bytes) ears.edit(idOf(bytes))
    }
    if (fact.type === 'link.failed') ears.lost(fact.fault)
    if (fact.type === 'link.closed') ears.lost('closed')
    if (fact.type === 'link.refused') ears.lost(`refused: ${fact.fault}`)
  }

  const machine = setup({ actors: { transport: logic }, types: { events: {} as TransportFact } }).createMachine({
    invoke: {
      id: 'transport',
      src: 'transport',
      input: { peerId: 'other', connId: id, epoch: 1, role: dials ? 'dialer' : 'answerer' },
    },
    on: { '*': { actions: ({ event }) => hear(event) } },
  })
  const actor = createActor(machine)
  const order = (command: TransportCommand): void => actor.getSnapshot().children.transport?.send(command)
  actor.start()

  return {
    signal: (signal) => order({ type: 'transport.signal', signal }),
    saturate: () => {
      saturated = true
      send(batch, PRIORITY.backfill)
    },
    relax: () => {
      saturated = false
    },
    ping: (pingId) => order({ type: 'transport.say', message: { kind: 'ping', id: pingId } }),
    edit: (editId) => send(editOf(editId), PRIORITY.live),
    close: () => void actor.stop(),
  }
}
