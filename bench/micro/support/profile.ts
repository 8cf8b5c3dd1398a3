import { Session } from 'node:inspector/promises'

/** Where processor time went. */
export interface Shares {
  /** Largest first; shares of what was not idle, 0 to 1. */
  readonly groups: readonly (readonly [group: string, share: number])[]
  readonly functions: readonly (readonly [name: string, share: number])[]
}

const INTERVAL_US = 200

/** The part of the library that a frame belongs to; first match. */
const GROUPS: readonly (readonly [group: string, matches: RegExp])[] = [
  ['XState', /\/xstate\//],
  ['deflate and inflate', /\/fflate\/|wire\/deflate/],
  [
    'entry codec',
    /wire\/(entry-codec|bytes|murmur3)|model\/(parse|canonical|validate-entry|copy-json)|TextDecoder|encoding/,
  ],
  ['replica', /src\/model\//],
  ['store', /src\/store\//],
  ['links and depot', /src\/wire\/|tests\/support\//],
  ['machines', /\/machines\//],
  ['engine', /src\/(engine|adapters)\//],
]

interface Frame {
  readonly functionName: string
  readonly url: string
}

/** Runs the work under the sampling profiler of this very process. */
export const sharesOf = async (work: () => Promise<void>): Promise<Shares> => {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US })
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]))
  const groups = new Map<string, number>()
  const functions = new Map<string, number>()
  let busy = 0
  profile.samples?.forEach((id, at) => {
    const frame = frames.get(id)
    if (!frame || isApart(frame)) return
    const us = Math.max(0, profile.timeDeltas?.[at] ?? 0)
    busy += us
    add(groups, groupOf(frame), us)
    add(functions, nameOf(frame), us)
  })
  return { groups: ranked(groups, busy), functions: ranked(functions, busy) }
}

/** The profiler itself, and time in which nothing was done. */
const isApart = ({ functionName, url }: Frame): boolean =>
  functionName === '(idle)' || functionName === '(program)' || url === 'node:inspector'

const groupOf = ({ functionName, url }: Frame): string => {
  if (functionName === '(garbage collector)') return 'garbage collector'
  return GROUPS.find(([, matches]) => matches.test(url) || matches.test(functionName))?.[0] ?? 'the rest'
}

const nameOf = ({ functionName, url }: Frame): string =>
  `${functionName || '(anonymous)'} (${url.split('/').slice(-2).join('/') || 'native'})`

const add = (sums: Map<string, number>, name: string, value: number): void => {
  sums.set(name, (sums.get(name) ?? 0) + value)
}

const ranked = (sums: ReadonlyMap<string, number>, whole: number): (readonly [string, number])[] =>
  [...sums].map(([name, sum]) => [name, sum / whole] as const).toSorted(([, a], [, b]) => b - a)

/** The largest shares in words. */
export const shareWords = (shares: Shares['functions'], count: number): string =>
  shares
    .slice(0, count)
    .map(([name, share]) => `${name} ${(share * 100).toFixed(1)} %`)
    .join(', ')
