import { insist, insistSame } from '../insist.ts'
import type { Candidate, Election } from './leadership-contract.ts'
import type { LeadershipPower } from './leadership-harness.ts'

interface LeadershipCase {
  readonly id: string
  readonly says: string
  readonly needs?: LeadershipPower
  readonly check: (election: Election) => Promise<void>
}

const types = ({ facts }: Candidate): readonly string[] => facts.map(({ type }) => type.slice('leadership.'.length))

/** One that leads, and one that was told to wait. */
const twoOf = async ({ candidate, until }: Election): Promise<readonly [Candidate, Candidate]> => {
  const first = await candidate()
  await until('the first leads', () => first.leads)
  const second = await candidate()
  await until('the second was told', () => second.facts.length > 0)
  return [first, second]
}

export const leadershipCases: readonly LeadershipCase[] = [
  {
    id: 'LEADERSHIP-1',
    says: 'where there is nobody else, one leads, and is told once',
    check: async ({ candidate, until }) => {
      const alone = await candidate()
      await until('it leads', () => alone.leads)
      insistSame(types(alone), ['acquired'], 'facts')
    },
  },
  {
    id: 'LEADERSHIP-2',
    says: 'the second is told to wait, and leads when the first stops, which hears nothing more',
    needs: 'others',
    check: async (election) => {
      const [first, second] = await twoOf(election)
      insistSame(types(second), ['blocked'], 'facts of the second')
      first.stop()
      await election.until('the second leads', () => second.leads)
      insistSame([types(first), types(second)], [['acquired'], ['blocked', 'acquired']], 'facts')
    },
  },
  {
    id: 'LEADERSHIP-3',
    says: 'a tab that is closed leads no more',
    needs: 'close',
    check: async (election) => {
      const [first, second] = await twoOf(election)
      await first.tab.close?.()
      await election.until('the second leads', () => second.leads)
    },
  },
  {
    id: 'LEADERSHIP-4',
    says: 'logs of different names are led apart',
    needs: 'others',
    check: async ({ candidate, until }) => {
      const both = [await candidate('one'), await candidate('other')]
      await until('both lead', () => both.every(({ leads }) => leads))
      insistSame(both.map(types), [['acquired'], ['acquired']], 'facts')
    },
  },
  {
    id: 'LEADERSHIP-5',
    says: 'of many, exactly one leads at any time, and each has its turn',
    needs: 'others',
    check: async ({ candidate, until }) => {
      const all = await Promise.all(Array.from({ length: 6 }, () => candidate()))
      const waiting = new Set(all)
      while (waiting.size > 0) {
        await until('one leads', () => [...waiting].some(({ leads }) => leads))
        const leaders = [...waiting].filter(({ leads }) => leads)
        insistSame(leaders.length, 1, 'leaders at once')
        for (const leader of leaders) {
          leader.stop()
          waiting.delete(leader)
        }
      }
      insist(
        all.every((each) => types(each).filter((type) => type === 'acquired').length === 1),
        'one led twice',
      )
    },
  },
  {
    id: 'LEADERSHIP-6',
    says: 'one that stops while it waits, or before it was told anything, stands in nobody’s way',
    needs: 'others',
    check: async (election) => {
      const [first, second] = await twoOf(election)
      const hasty = await election.candidate()
      hasty.stop()
      second.stop()
      const third = await election.candidate()
      await election.until('the third was told', () => third.facts.length > 0)
      first.stop()
      await election.until('the third leads', () => third.leads)
      insistSame([types(second), types(hasty)], [['blocked'], []], 'facts of those that stopped')
    },
  },
]
