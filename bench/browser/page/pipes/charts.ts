import { createActor, createMachine, fromCallback } from 'xstate'
import { createPulse } from '#adapters/page/pulse'
import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { type SyncPeerCommand, type SyncPeerReport, syncPeerMachine } from '#machines/sync-peer/index'
import type {
  ProverCommand,
  ProverFact,
  ProverInput,
  ReplicatorCommand,
  ReplicatorFact,
  ReplicatorInput,
} from '#machines/ports'
import { PRIORITY, PROTOCOL } from '#wire/messages'
import type { Signal } from '#wire/signal'
import { deviceOf, joinRoom } from '../signaling.ts'
import { wall } from '../wall.ts'
import { type Cargo, createCargo } from './cargo.ts'
import type { Pipe, PipeOptions } from './pipe.ts'

/** Of no vector: this replicator has none. */
const NO_DIGEST = '0'.repeat(16)

interface Peer {
  send(event: SyncPeerCommand): void
}

/** Believes whoever says anything: the handshake is measured elsewhere. */
const believer = fromCallback<ProverCommand, ProverInput>(({ sendBack, receive }) => {
  const tell: (fact: ProverFact) => void = sendBack
  receive(({ type }) => {
    if (type === 'prover.greeted')
      tell({ type: 'prover.auth', auth: { kind: 'auth', mac: 'A'.repeat(43), signature: 'A'.repeat(86) } })
    if (type === 'prover.check') tell({ type: 'prover.proven' })
  })
})

/** What the replicator does in an engine, with batches that cost nothing to make or to digest. */
const replicatorOf = (self: string, epoch: number, cargo: Cargo, started: (begin: () => void) => void) =>
  fromCallback<ReplicatorCommand, ReplicatorInput>(({ input, sendBack, receive }) => {
    const tell: (fact: ReplicatorFact) => void = sendBack
    receive((command) => {
      if (command.type === 'replicator.take') {
        cargo.take(command.ticket)
        tell({ type: 'replicator.stored', kind: command.kind })
      } else if (command.type === 'replicator.pack') {
        const ticket = cargo.next(input.connId)
        tell(
          ticket === undefined
            ? { type: 'replicator.current' }
            : { type: 'replicator.packed', ticket, priority: PRIORITY.backfill },
        )
      } else if (command.type === 'replicator.greeted') started(() => tell({ type: 'replicator.news', urgency: 'own' }))
    })
    const hello = {
      kind: 'hello',
      protocol: PROTOCOL,
      peerId: self,
      epoch,
      digest: NO_DIGEST,
      cookie: '',
      nonce: 'A'.repeat(22),
      pub: 'A'.repeat(43),
    } as const
    tell({ type: 'replicator.hello', hello })
  })

/** The engine's chunk path as it ships: the chart of a peer, transport, depot, send queue and credit. */
export const openChartsPipe = async ({ signaling, room, self: name, payload }: PipeOptions): Promise<Pipe> => {
  const { id: self } = await deviceOf(name)
  const cargo = createCargo(payload)
  const epoch = Date.now()
  const early: Signal[] = []
  let peer: Peer | undefined
  const signaled = (signal: Signal) => peer?.send({ type: 'peer.signaled', signal })

  return new Promise((resolve, reject) => {
    const greeted = (begin: () => void) =>
      resolve({
        send: async (total) => {
          const began = wall()
          cargo.load(total)
          begin()
          return began
        },
        received: cargo.received,
      })
    const machine = syncPeerMachine.provide({
      actors: {
        transport: createTransportLogic({ depot: cargo.depot }),
        pulse: createPulse(),
        prover: believer,
        replicator: replicatorOf(self, epoch, cargo, greeted),
      },
    })
    let say = (_report: SyncPeerReport): void => {}
    const meet = (peerId: string): void => {
      if (peer) return
      const mesh = createActor(
        createMachine({
          invoke: { src: machine, id: 'peer', input: { selfId: self, peerId, epoch, generation: 0, seed: 7 } },
          on: { '*': { actions: ({ event }) => say(event as SyncPeerReport) } },
        }),
        { systemId: 'mesh' },
      )
      mesh.start()
      peer = mesh.getSnapshot().children['peer'] as unknown as Peer
      peer?.send({ type: 'peer.present' })
      for (const signal of early) signaled(signal)
    }
    joinRoom(signaling, room, name, {
      onPeer: meet,
      onSignal: (_from, payload_) => (peer ? signaled(payload_ as Signal) : void early.push(payload_ as Signal)),
    }).then((joined) => {
      say = (report) => report.type === 'peer.signal' && joined.send(report.to, report.signal)
      for (const peerId of joined.peers) meet(peerId)
    }, reject)
  })
}
