import { type AnyActorRef, createActor, createMachine, fromCallback, SimulatedClock, type SnapshotFrom } from 'xstate'
import type {
  BanFact,
  ProverCommand,
  ProverFact,
  ProverInput,
  PulseInput,
  ReplicatorCommand,
  ReplicatorFact,
  ReplicatorInput,
  TransportCommand,
  TransportFact,
  TransportInput,
} from '../../machines/ports.ts'
import {
  type SyncPeerCommand,
  type SyncPeerReport,
  syncPeerMachine,
  syncPeerView,
} from '../../machines/sync-peer/index.ts'
import { AUTH, HELLO_KEYS, OPENED } from './hello-keys.ts'

/** One end of one attempt. */
interface End {
  readonly input: TransportInput
  tell(fact: TransportFact): void
  readonly commands: TransportCommand[]
  opened: boolean
}

/** One of two devices: its chart of the other one, over transports that reach the other end while there is a path. */
export interface PairSide {
  /** Every transport ever made, in order. */
  readonly ends: readonly End[]
  readonly reports: readonly SyncPeerReport[]
  /** Replicator commands of all links, in order. */
  readonly replicated: readonly ReplicatorCommand[]
  send(
    command:
      | SyncPeerCommand
      | TransportFact
      | ReplicatorFact
      | ProverFact
      | BanFact
      | { type: 'network.changed' }
      | { type: 'pulse.late'; lateMs: number },
  ): void
  snapshot(): SnapshotFrom<typeof syncPeerMachine>
  view(): ReturnType<typeof syncPeerView>
  /** The transport that lives now. */
  end(): End | undefined
}

/** Two charts of each other, `a` (the dialer) and `b`, on one simulated clock. */
export interface PeerPair {
  readonly clock: SimulatedClock
  readonly a: PairSide
  readonly b: PairSide
  /** Whether bytes get through. */
  path: boolean
  /** Whether signals get through; those sent meanwhile are lost. */
  server: boolean
  /** Delivers bytes and signals until none is under way. */
  settle(): void
  /** Turns the clock in small steps, delivering as it goes. */
  pass(ms: number): void
}

const STEP = 50

interface Inner extends PairSide {
  readonly id: string
  readonly live: Set<End>
  other(): Inner
}

/** Bytes and signals under way, in order. */
type Deliver = (delivery: () => void) => void

const transportOf = (pair: PeerPair, side: () => Inner, made: End[], deliver: Deliver) =>
  fromCallback<TransportCommand, TransportInput>(({ input, sendBack, receive }) => {
    const end: End = { input, tell: sendBack, commands: [], opened: false }
    made.push(end)
    side().live.add(end)
    const peer = () => [...side().other().live].find((each) => each.input.connId === input.connId)
    const describe = (kind: 'offer' | 'answer'): TransportFact => ({
      type: 'link.signal',
      signal: { kind, connId: input.connId, epoch: input.epoch, session: 'AQ' },
    })
    const open = () => {
      const far = peer()
      if (!far || !pair.path || end.opened) return
      for (const each of [end, far]) each.opened = true
      deliver(() => end.tell(OPENED))
      deliver(() => far.tell(OPENED))
    }
    const say = (message: Extract<TransportCommand, { type: 'transport.say' }>['message']) => {
      const far = peer()
      if (!far?.opened || !pair.path) return
      deliver(() => far.tell({ type: 'link.heard' }))
      deliver(() => far.tell({ type: 'link.said', message }))
    }
    receive((command) => {
      end.commands.push(command)
      if (command.type === 'transport.say') say(command.message)
      if (command.type === 'transport.restartIce' && pair.path && peer()) end.tell({ type: 'link.restored' })
      if (command.type !== 'transport.signal') return
      if (command.signal.kind === 'offer') end.tell(describe('answer'))
      if (command.signal.kind === 'answer') open()
    })
    if (input.role === 'dialer') end.tell(describe('offer'))
    return () => side().live.delete(end)
  })

const replicatorOf = (selfId: string, epoch: number, heard: ReplicatorCommand[]) =>
  fromCallback<ReplicatorCommand, ReplicatorInput>(({ sendBack, receive }) => {
    const tell: (fact: ReplicatorFact) => void = sendBack
    receive((command) => {
      heard.push(command)
      if (command.type === 'replicator.pack') tell({ type: 'replicator.current' })
    })
    tell({
      type: 'replicator.hello',
      hello: { kind: 'hello', protocol: 1, peerId: selfId, epoch, digest: '', cookie: '', ...HELLO_KEYS },
    })
  })

/** Believes whoever shows a proof. */
const proverOf = () =>
  fromCallback<ProverCommand, ProverInput>(({ sendBack, receive }) => {
    const tell: (fact: ProverFact) => void = sendBack
    receive(({ type }) => {
      if (type === 'prover.greeted') tell({ type: 'prover.auth', auth: AUTH })
      if (type === 'prover.check') tell({ type: 'prover.proven' })
    })
  })

const pulseOf = (clock: SimulatedClock) =>
  fromCallback<{ type: string }, PulseInput>(({ input, sendBack }) => {
    const beat = () => {
      sendBack({ type: 'pulse.beat' })
      timer = clock.setTimeout(beat, input.everyMs)
    }
    let timer = clock.setTimeout(beat, input.everyMs)
    return () => clock.clearTimeout(timer)
  })

const createSide = (pair: PeerPair, deliver: Deliver, id: string, peerId: string, other: () => Inner): Inner => {
  const ends: End[] = []
  const reports: SyncPeerReport[] = []
  const replicated: ReplicatorCommand[] = []
  const epoch = 1_000
  const machine = syncPeerMachine.provide({
    actors: {
      transport: transportOf(pair, () => side, ends, deliver),
      replicator: replicatorOf(id, epoch, replicated),
      prover: proverOf(),
      pulse: pulseOf(pair.clock),
    },
  })
  const parent = createActor(
    createMachine({
      invoke: { src: machine, id: 'subject', input: { selfId: id, peerId, epoch, generation: 0, seed: 3 } },
      on: {
        '*': {
          actions: ({ event }) => {
            const report = event as SyncPeerReport
            reports.push(report)
            if (report.type !== 'peer.signal') return
            const { signal } = report
            deliver(() => pair.server && other().send({ type: 'peer.signaled', signal }))
          },
        },
      },
    }),
    { clock: pair.clock, systemId: 'mesh' },
  )
  const live = new Set<End>()
  const actor = (): AnyActorRef => parent.getSnapshot().children['subject'] as AnyActorRef
  const side: Inner = {
    id,
    ends,
    reports,
    replicated,
    live,
    other,
    send: (event) => actor().send(event),
    snapshot: () => actor().getSnapshot(),
    view: () => syncPeerView(actor().getSnapshot()),
    end: () => [...live].at(-1),
  }
  parent.start()
  return side
}

export const createPeerPair = (): PeerPair => {
  const underWay: (() => void)[] = []
  const deliver: Deliver = (delivery) => void underWay.push(delivery)
  const settle = () => {
    for (let next = underWay.shift(); next; next = underWay.shift()) next()
  }
  const base = { clock: new SimulatedClock(), path: true, server: true, settle }
  const pair = base as PeerPair & { a: Inner; b: Inner }
  const pass = (ms: number) => {
    settle()
    for (let passed = 0; passed < ms; passed += STEP) {
      pair.clock.increment(Math.min(STEP, ms - passed))
      settle()
    }
  }
  const a: Inner = createSide(pair, deliver, 'a', 'b', () => b)
  const b: Inner = createSide(pair, deliver, 'b', 'a', () => a)
  return Object.assign(pair, { a, b, pass })
}
