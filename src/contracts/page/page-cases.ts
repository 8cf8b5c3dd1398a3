import { insist, insistSame } from '../insist.ts'
import type { Observation } from './page-contract.ts'
import type { PagePower } from './page-harness.ts'

interface PageCase {
  readonly id: string
  readonly says: string
  readonly needs?: PagePower
  readonly check: (observation: Observation) => Promise<void>
}

const HOUR = 3_600_000

export const pageCases: readonly PageCase[] = [
  {
    id: 'PAGE-1',
    says: 'a page that is online and visible says nothing until something happens; then each step once, in order',
    check: async ({ page, observe }) => {
      const observer = await observe()
      insistSame(observer.facts, [], 'facts before anything happened')
      for (const online of [false, true, false, true]) {
        const before = observer.told('page.online', 'page.offline').length
        await page.setOnline(online)
        await observer.heard(online ? 'page.online' : 'page.offline', Math.floor(before / 2) + 1)
      }
      insistSame(
        observer.told('page.online', 'page.offline'),
        ['page.offline', 'page.online', 'page.offline', 'page.online'],
        'steps',
      )
    },
  },
  {
    id: 'PAGE-2',
    says: 'a page that starts offline says so at once',
    check: async ({ page, observe }) => {
      const first = await observe()
      await page.setOnline(false)
      await first.heard('page.offline')
      const late = await observe()
      await late.heard('page.offline')
      await page.setOnline(true)
      await late.heard('page.online')
      insistSame(late.told('page.online', 'page.offline'), ['page.offline', 'page.online'], 'facts of the late one')
    },
  },
  {
    id: 'PAGE-3',
    says: 'a stop is final: nothing is told any more; others go on',
    check: async ({ page, observe }) => {
      const [stopped, other] = [await observe(), await observe()]
      stopped.stop()
      await page.settled?.()
      const count = stopped.facts.length
      await page.setOnline(false)
      await other.heard('page.offline')
      await page.setOnline(true)
      await other.heard('page.online')
      insistSame(stopped.facts.length - count, 0, 'facts after the stop')
    },
  },
  {
    id: 'PAGE-4',
    says: 'hidden and visible are told, and hidden also by one that starts so',
    needs: 'visibility',
    check: async ({ page, observe }) => {
      const observer = await observe()
      await page.hide?.()
      await observer.heard('page.hidden')
      const late = await observe()
      await late.heard('page.hidden')
      await page.show?.()
      for (const each of [observer, late]) {
        await each.heard('page.visible')
        insistSame(each.told('page.hidden', 'page.visible'), ['page.hidden', 'page.visible'], 'steps')
      }
    },
  },
  {
    id: 'PAGE-5',
    says: 'a page that is frozen says so before it stands still, and again when it goes on',
    needs: 'freeze',
    check: async ({ page, observe }) => {
      const observer = await observe()
      for (let times = 1; times <= 2; times++) {
        await page.freeze?.()
        await observer.heard('page.frozen', times)
        await page.resume?.()
        await observer.heard('page.resumed', times)
      }
      insistSame(
        observer.told('page.frozen', 'page.resumed', 'page.leaving'),
        ['page.frozen', 'page.resumed', 'page.frozen', 'page.resumed'],
        'steps',
      )
    },
  },
  {
    id: 'PAGE-6',
    says: 'a page that goes for good says that it leaves',
    needs: 'leave',
    check: async ({ page, observe }) => {
      const observer = await observe()
      await page.leave?.()
      await observer.heard('page.leaving')
      insistSame(observer.told('page.frozen', 'page.leaving'), ['page.leaving'], 'steps')
    },
  },
  {
    id: 'PAGE-7',
    says: 'a page kept for the back button is frozen and resumed, and never said to leave',
    needs: 'keep',
    check: async ({ page, observe }) => {
      const observer = await observe()
      await page.leaveForAWhile?.()
      await observer.heard('page.frozen')
      await page.comeBack?.()
      await observer.heard('page.resumed')
      const steps = observer.told('page.frozen', 'page.resumed', 'page.leaving')
      insistSame([...new Set(steps)], ['page.frozen', 'page.resumed'], 'steps')
    },
  },
  {
    id: 'PAGE-8',
    says: 'another kind of network is told, a new estimate of the same one is not',
    needs: 'network',
    check: async ({ page, observe }) => {
      const observer = await observe()
      await page.changeEstimate?.()
      await page.changeNetwork?.()
      await observer.heard('network.changed')
      await page.changeEstimate?.()
      await page.changeNetwork?.()
      await observer.heard('network.changed', 2)
      insistSame(observer.of('network.changed').length, 2, 'changes told')
    },
  },
  {
    id: 'PAGE-9',
    says: 'sleep is told with its length, once; a busy moment is not',
    needs: 'sleep',
    check: async ({ page, observe }) => {
      const observer = await observe()
      await page.sleep?.(6_000)
      await page.sleep?.(HOUR)
      await observer.heard('page.woke')
      await page.sleep?.(6_000)
      await page.setOnline(false)
      await observer.heard('page.offline')
      const gaps = observer.of('page.woke').map(({ gapMs }) => gapMs)
      insistSame(gaps.length, 1, 'times told')
      insist(
        gaps.every((ms) => ms > HOUR - 20_000 && ms <= HOUR),
        `slept ${gaps.join(', ')} ms, should be ${HOUR}`,
      )
    },
  },
  {
    id: 'PAGE-10',
    says: 'the slow timers of a hidden page are not taken for sleep',
    needs: 'sleep',
    check: async ({ page, observe }) => {
      await page.hide?.()
      const observer = await observe()
      for (let minutes = 0; minutes < 3; minutes++) await page.sleep?.(60_000)
      insistSame(observer.of('page.woke'), [], 'sleep told')
      await page.sleep?.(HOUR)
      await observer.heard('page.woke')
    },
  },
]
