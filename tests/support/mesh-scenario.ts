import { type AnyActorRef, createActor, SimulatedClock } from 'xstate'
import type { SocketFact, TransportFact, TransportInput } from '../../machines/ports.ts'
import { signalingMachine } from '../../machines/signaling/index.ts'
import {
  type SyncMeshCommand,
  type SyncMeshInput,
  syncMeshMachine,
  syncMeshView,
} from '../../machines/sync-mesh/index.ts'
import { syncPeerMachine } from '../../machines/sync-peer/index.ts'
import { type FakeChild, fakeLogic } from './fake-child.ts'
import { HELLO_KEYS, OPENED } from './hello-keys.ts'

const inputOf = (transport: FakeChild) => transport.input as TransportInput

/** The real charts of a mesh, its peers and its signaling, on a simulated clock, with fakes where the world would be. */
export const meshScenario = (input: Partial<SyncMeshInput> = {}) => {
  const clock = new SimulatedClock()
  const born: FakeChild[] = []
  const seat = (src: string) => fakeLogic(src, () => born)
  const peer = syncPeerMachine.provide({
    actors: {
      transport: seat('transport'),
      replicator: seat('replicator'),
      prover: seat('prover'),
      ban: seat('ban'),
      pulse: seat('pulse'),
    },
  } as never)
  const signaling = signalingMachine.provide({ actors: { socket: seat('socket') } } as never)
  const mesh = createActor(syncMeshMachine.provide({ actors: { peer, signaling } }), {
    clock,
    systemId: 'mesh',
    input: {
      selfId: 'm',
      epoch: 1_000,
      generation: 0,
      room: 'room',
      signalingUrl: 'wss://signal.example.org',
      seed: 7,
      knownPeers: [],
      maxDirectPeers: 20,
      ...input,
    },
  })
  mesh.start()

  const child = (id: string): AnyActorRef => {
    const found: AnyActorRef | undefined = mesh.getSnapshot().children[id]
    if (found === undefined) throw new Error(`the mesh has no child "${id}" now`)
    return found
  }
  const running = (peerId: string): FakeChild => {
    const found = born.findLast(
      (each) => each.status === 'running' && each.src === 'transport' && inputOf(each).peerId === peerId,
    )
    if (found === undefined) throw new Error(`no transport to ${peerId} is running`)
    return found
  }
  const server = (fact: SocketFact) => child('signaling').send(fact)
  const link = (peerId: string, fact: TransportFact) => child(`peer:${peerId}`).send(fact)
  return {
    clock,
    mesh,
    /** Every fake ever started, in order. */
    born,
    send: (command: SyncMeshCommand) => mesh.send(command),
    /** A fact from the server's socket. */
    server,
    /** A fact from the transport to a device. */
    link,
    view: () => syncMeshView(mesh.getSnapshot()),
    peer: (peerId: string) => syncMeshView(mesh.getSnapshot()).peers.find((each) => each.peerId === peerId),
    join: (...peers: string[]) => {
      server({ type: 'socket.opened' })
      server({ type: 'socket.joined', peers })
    },
    /** Everything between an attempt of ours to that device and its proof. */
    connect: (peerId: string) => {
      const connId = inputOf(running(peerId)).connId
      const epoch = 5_000
      server({ type: 'socket.signal', from: peerId, signal: { kind: 'answer', connId, epoch, session: 'AQ' } })
      link(peerId, OPENED)
      const hello = { kind: 'hello', protocol: 1, peerId, epoch, digest: '', cookie: '', ...HELLO_KEYS } as const
      link(peerId, { type: 'link.said', message: hello })
      child(`peer:${peerId}`).send({ type: 'prover.proven' })
    },
    /** A bug: the actor of that device dies of it. */
    crash: (peerId: string) => running(peerId).end({ error: 'a bug' }),
  }
}
