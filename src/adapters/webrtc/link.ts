import type { TransportCommand, TransportInput } from '#machines/ports'
import { FieldmeshError } from '#model/fault'
import type { Depot } from '#wire/depot-types'
import type { SteadyClock } from '../steady-clock.ts'
import { shownFingerprint } from './certificate.ts'
import type { Connection } from './connection.ts'
import { createCreditGiver } from './credit-giver.ts'
import type { Facts } from './facts.ts'
import { partFrom } from './farewell.ts'
import { createHearing } from './hearing.ts'
import { createNegotiation } from './negotiation.ts'
import type { LinkTap } from './link-tap.ts'
import { watchPath } from './path.ts'
import { readFigures } from './read-figures.ts'
import { createReceiver } from './receiver.ts'
import { createRoundTrips } from './round-trips.ts'
import { createSender } from './sender.ts'

interface Options {
  readonly connection: Connection
  readonly input: TransportInput
  readonly depot: Depot
  readonly clock: SteadyClock
  readonly facts: Facts
  readonly tap?: LinkTap
}

/** One link from its first signal to its end: wires the parts to the connection's events. */
export interface Link {
  readonly obey: (command: TransportCommand) => void
  /** Frees everything, once; no fact leaves afterwards. */
  readonly stop: () => void
}

/** A defect of ours ends this link with a fact; it never reaches the page as an exception. */
const guarded =
  <A extends unknown[]>(facts: Facts, work: (...args: A) => void) =>
  (...args: A): void => {
    try {
      work(...args)
    } catch {
      facts.end({ type: 'link.failed', fault: 'internal' })
    }
  }

export const createLink = ({ connection, input, depot, clock, facts, tap }: Options): Link => {
  const { pc, channels } = connection
  const { peerId, connId } = input
  let isOpen = false
  let stopped = false
  let saidBye = false

  const tapping = tap?.({ peerId, connId, figures: () => readFigures(pc) })
  const sender = createSender({ channels, depot, clock, facts })
  const roundTrips = createRoundTrips(clock, facts)
  const creditGiver = createCreditGiver({ connId, depot, clock, say: guarded(facts, sender.say) })
  const negotiation = createNegotiation(pc, { input, facts, isOpen: () => isOpen })
  const hearing = createHearing(clock, facts)
  const receive = createReceiver({
    connId,
    depot,
    facts,
    clock,
    onHeard: hearing.heard,
    onBulk: creditGiver.received,
    onCredit: sender.credited,
    onPong: roundTrips.ponged,
  })

  const opened = (): void => {
    if (isOpen || channels.ctl.readyState !== 'open' || channels.bulk.readyState !== 'open') return
    isOpen = true
    const { fingerprints } = negotiation
    if (!fingerprints) throw new FieldmeshError('internal', 'A link is open that was never described.')
    // The browser checks it in DTLS; this holds it to its word.
    if ((shownFingerprint(pc) ?? fingerprints.theirs) !== fingerprints.theirs) {
      facts.end({ type: 'link.failed', fault: 'fingerprint-mismatch' })
      return
    }
    facts.tell({ type: 'link.opened', fingerprints })
    tapping?.opened()
    sender.pump()
  }

  const closed = (): void => facts.end({ type: 'link.closed' })

  const attend = (name: keyof typeof channels): void => {
    const channel = channels[name]
    channel.onopen = guarded(facts, opened)
    channel.onclose = closed
    channel.onerror = closed
    channel.onmessage = guarded(facts, ({ data }: MessageEvent<unknown>) => receive(name, data))
  }

  const say = (message: Extract<TransportCommand, { type: 'transport.say' }>['message']): void => {
    if (message.kind === 'ping') {
      roundTrips.pinged(message.id)
      hearing.awaited()
    }
    if (message.kind === 'bye') saidBye = true
    sender.say(message)
  }

  const obey = (command: TransportCommand): void => {
    if (facts.over) return
    if (command.type === 'transport.signal') negotiation.receive(command.signal)
    else if (command.type === 'transport.restartIce') negotiation.restartIce()
    else if (command.type === 'transport.say') say(command.message)
    else if (command.type === 'transport.drop') depot.drop(command.ticket)
    else sender.send(command)
  }

  attend('ctl')
  attend('bulk')
  watchPath(pc, facts, () => isOpen)

  return {
    obey: guarded(facts, obey),
    stop: () => {
      if (stopped) return
      stopped = true
      tapping?.gone()
      facts.silence()
      sender.stop()
      creditGiver.stop()
      depot.dropAll(connId)
      partFrom(connection, clock, saidBye)
    },
  }
}
