import { insist, insistSame } from '../insist.ts'
import { noise } from '../noise.ts'
import type { LinkEnd } from './link-end.ts'
import type { LinkPlaces } from './link-harness.ts'
import type { LinkCase, LinkPair } from './link-pair.ts'

const descriptions = (end: LinkEnd): number => end.of('link.signal').filter(({ signal }) => 'session' in signal).length

/** Chromium gives a path up 16 to 18 s after its last packet, which comes up to some seconds before the cut; the chart waits 20 s. */
const GIVEN_UP_MS = { least: 12_000, most: 20_000 }

/** ms since now, where the places have a clock. */
const stopwatch = ({ now }: LinkPlaces): (() => number | undefined) => {
  const began = now?.() ?? 0
  return () => (now ? now() - began : undefined)
}

const answers = ({ ends }: LinkPair): number =>
  ends.flatMap((end) => end.of('link.signal')).filter(({ signal }) => signal.kind === 'answer').length

const insistWhole = (pair: LinkPair): void => {
  for (const end of pair.ends)
    insistSame(
      [end.of('link.opened').length, end.of('link.closed'), end.of('link.failed'), end.of('link.refused')],
      [1, [], [], []],
      `openings, ends and refusals of the ${end.role}`,
    )
}

export const pathCases: readonly LinkCase[] = [
  {
    id: 'LINK-24',
    says: 'either end can restart ICE; the channels, and what is under way, stay',
    needs: 'restart',
    check: async (pair) => {
      await pair.opened()
      for (const end of pair.ends) {
        const before = pair.ends.map(descriptions)
        pair.dialer.transmit(noise(300_000, 1))
        end.send({ type: 'transport.restartIce' })
        await pair.until('both described themselves anew', () =>
          pair.ends.every((each, i) => descriptions(each) > (before[i] ?? 0)),
        )
        await pair.works()
      }
      await pair.until('all arrived', () => pair.answerer.received.length >= 4)
      insistWhole(pair)
    },
  },
  {
    id: 'LINK-25',
    says: 'both may restart ICE at once: the answerer gives way, and the link lives on',
    needs: 'restart',
    check: async (pair) => {
      await pair.opened()
      const before = pair.ends.map(descriptions)
      const answered = answers(pair)
      for (const end of pair.ends) end.send({ type: 'transport.restartIce' })
      await pair.until('both described themselves anew', () =>
        pair.ends.every((end, i) => descriptions(end) > (before[i] ?? 0)),
      )
      await pair.until('one gave way and answered', () => answers(pair) > answered)
      await pair.works()
      insistWhole(pair)
    },
  },
  {
    id: 'LINK-26',
    says: 'a lost path is told once by each end, and again when it is back; what was sent meanwhile arrives',
    needs: 'cut',
    check: async (pair) => {
      await pair.opened()
      const { dialer, answerer, until, ends } = pair
      await pair.places.cut?.()
      dialer.transmit(noise(20_000, 1))
      await until('both noticed', () => ends.every((end) => end.of('link.disconnected').length > 0))
      insistSame(answerer.received.length, 0, 'messages that passed a cut')
      await pair.places.heal?.()
      await until('both are whole again', () => ends.every((end) => end.of('link.restored').length > 0))
      await until('the message arrived', () => answerer.received.length > 0)
      const told = ends.map((end) => [end.of('link.disconnected').length, end.of('link.restored').length])
      insistSame(
        told,
        [
          [1, 1],
          [1, 1],
        ],
        'times told',
      )
      insistWhole(pair)
      await pair.works()
    },
  },
  {
    id: 'LINK-27',
    says: 'a path that stays lost ends the link: disconnected, then failed, each told once',
    needs: 'cut',
    check: async (pair) => {
      await pair.opened()
      await pair.places.cut?.()
      const { ends, until } = pair
      const sinceCut = stopwatch(pair.places)
      const hasFailed = (end: LinkEnd) => end.of('link.failed').length > 0
      await until('one gave up', () => ends.some(hasFailed))
      const { least, most } = GIVEN_UP_MS
      const first = sinceCut() ?? least
      await until('both gave up', () => ends.every(hasFailed))
      const last = sinceCut() ?? most
      insist(first >= least, `the path was given up after only ${first} ms`)
      insist(last <= most, `the path was given up only after ${last} ms`)
      for (const end of pair.ends) {
        const words = end.facts
          .map(({ type }) => type)
          .filter((type) => /disconnected|failed|closed|restored/.test(type))
        insistSame(words, ['link.disconnected', 'link.failed'], `words of the ${end.role}`)
        insist(end.facts.at(-1)?.type === 'link.failed', 'it was not the last word')
      }
    },
  },
  {
    id: 'LINK-28',
    says: 'an end that stops behind a cut is not heard of; the other gives up by itself',
    needs: 'cut',
    check: async (pair) => {
      await pair.opened()
      await pair.places.cut?.()
      pair.answerer.stop()
      await pair.until('the dialer gave up', () => pair.dialer.of('link.failed').length > 0)
      insistSame(pair.dialer.of('link.closed'), [], 'closings heard through a cut')
    },
  },
]
