import type { TransportFact } from '#machines/ports'
import type { Signal } from '#wire/signal'
import { checkUnderTest } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'
import { createLinkEnd, type LinkEnd } from './link-end.ts'
import { LINK_SHAPE, type LinkHarness, type LinkPlaces, type LinkPower, type LinkRole } from './link-harness.ts'

/** Both ends of one attempt, their signals carried to each other. */
export interface LinkPair {
  readonly dialer: LinkEnd
  readonly answerer: LinkEnd
  readonly ends: readonly [LinkEnd, LinkEnd]
  readonly places: LinkPlaces
  readonly until: Until
  /** Both ends told that they are open. */
  readonly opened: () => Promise<void>
  /** A message goes each way and arrives: the link works. */
  readonly works: () => Promise<void>
}

/** What signaling makes of one signal: none, one or several. Default: carries it. */
export type Carry = (signal: Signal, from: LinkRole) => readonly Signal[]

export interface LinkCase {
  readonly id: string
  readonly says: string
  readonly needs?: LinkPower
  readonly carry?: () => Carry
  readonly onFact?: (pair: LinkPair, role: LinkRole, fact: TransportFact) => void
  /** A frame came out of a channel at the end of this role. */
  readonly onArrival?: (pair: LinkPair, role: LinkRole) => void
  readonly check: (pair: LinkPair) => Promise<void>
}

const PROBE_BYTES = 321

const createPair = (harness: LinkHarness, places: LinkPlaces, { carry, onFact, onArrival }: LinkCase): LinkPair => {
  const carried: Carry = carry?.() ?? ((signal) => [signal])
  /** What is told before both ends are made. */
  const early: (() => void)[] = []
  let isMade = false
  const hear = (role: LinkRole, other: () => LinkEnd, fact: TransportFact): void => {
    if (fact.type === 'link.signal')
      for (const signal of carried(fact.signal, role)) other().send({ type: 'transport.signal', signal })
    onFact?.(pair, role, fact)
  }
  const endOf = (role: LinkRole, other: () => LinkEnd): LinkEnd =>
    createLinkEnd({
      places,
      role,
      onArrival: () => onArrival?.(pair, role),
      onFact: (fact) => {
        if (isMade) hear(role, other, fact)
        else early.push(() => hear(role, other, fact))
      },
    })
  const answerer: LinkEnd = endOf('answerer', () => dialer)
  const dialer: LinkEnd = endOf('dialer', () => answerer)
  const ends = [dialer, answerer] as const
  const { until } = harness
  const pair: LinkPair = {
    dialer,
    answerer,
    ends,
    places,
    until,
    opened: () => until('both ends are open', () => ends.every((end) => end.of('link.opened').length > 0)),
    works: async () => {
      const probes = () =>
        ends.map(({ received }) => received.filter(({ bytes }) => bytes?.length === PROBE_BYTES).length)
      const before = probes()
      for (const end of ends) end.transmit(new Uint8Array(PROBE_BYTES))
      await until('a message arrives on both ends', () => probes().every((count, i) => count > (before[i] ?? 0)))
    },
  }
  isMade = true
  for (const task of early) task()
  return pair
}

/** Runs a case on new places, and frees them. */
export const runLinkCase = async (harness: LinkHarness, one: LinkCase): Promise<void> => {
  const places = checkUnderTest(LINK_SHAPE, await harness.open(), harness.powers)
  const pair = createPair(harness, places, one)
  try {
    await one.check(pair)
  } finally {
    for (const end of pair.ends) end.stop()
    await places.dispose?.()
  }
}
