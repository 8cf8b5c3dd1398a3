import { basename } from 'node:path'
import type { CDPSession, Page } from 'playwright'

/** Where the processor time of a page went, in shares of what was not idle. */
export interface ProfileShares {
  readonly busyMs: number
  readonly totalMs: number
  /** By file of the build (each floor has one), `native` for the browser's own; largest first. */
  readonly byFile: readonly (readonly [name: string, share: number])[]
  readonly byFunction: readonly (readonly [name: string, share: number])[]
}

interface Profile {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string } }[]
  readonly samples?: readonly number[]
  readonly timeDeltas?: readonly number[]
}

const INTERVAL_US = 500

/** Samples a page while something runs. */
export const profiled = async <T>(page: Page, work: () => Promise<T>): Promise<{ value: T; shares: ProfileShares }> => {
  const session: CDPSession = await page.context().newCDPSession(page)
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: INTERVAL_US })
  await session.send('Profiler.start')
  const value = await work()
  const { profile } = await session.send('Profiler.stop')
  await session.detach()
  return { value, shares: sharesOf(profile as Profile) }
}

const sharesOf = ({ nodes, samples = [], timeDeltas = [] }: Profile): ProfileShares => {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const files = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  let total = 0
  samples.forEach((id, at) => {
    const us = Math.max(0, timeDeltas[at] ?? 0)
    const { functionName, url } = frames.get(id) ?? { functionName: '(unknown)', url: '' }
    total += us
    if (functionName === '(idle)' || functionName === '(root)') return
    busy += us
    const file = url === '' ? (functionName.startsWith('(') ? functionName : 'native') : basename(url, '.js')
    add(files, file, us)
    add(functions, `${file}: ${functionName || '(anonymous)'}`, us)
  })
  return {
    busyMs: busy / 1_000,
    totalMs: total / 1_000,
    byFile: ranked(files, busy),
    byFunction: ranked(functions, busy),
  }
}

const add = (sums: Map<string, number>, name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value)

const ranked = (sums: ReadonlyMap<string, number>, whole: number): (readonly [string, number])[] =>
  [...sums].map(([name, sum]) => [name, sum / whole] as const).toSorted(([, a], [, b]) => b - a)

/** The largest shares in words. */
export const shareWords = (shares: ProfileShares['byFile'], count: number): string =>
  shares
    .slice(0, count)
    .map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`)
    .join(', ')
