import type { WireEnd } from './wire-ends.ts'

/** The devices that are looked at, each with what left it and what came to it. */
export interface WiredDevice {
  readonly key: string
  readonly peerId: string
  readonly ends: readonly WireEnd[]
}

/** One end of something that went from one device to another. */
export interface WirePoint {
  readonly device: string
  readonly end: WireEnd
}

/** Something that went from one device to another; an end is missing where it was lost, or nobody looked. */
export interface Wire {
  readonly label: string
  readonly road: WireEnd['road']
  readonly from?: WirePoint
  readonly to?: WirePoint
}

/** ms that something may be under way, and that clocks may be at odds beyond what was estimated. */
const LONGEST = 30_000
const UNSURE = 2_000

interface Bundle {
  readonly out: WirePoint[]
  readonly in: WirePoint[]
}

/** Ends that may belong together: of the same two devices, with the same in common. */
const bundlesOf = (devices: readonly WiredDevice[]): Map<string, Map<string, Bundle>> => {
  const pairs = new Map<string, Map<string, Bundle>>()
  for (const { key: device, peerId, ends } of devices)
    for (const end of ends) {
      const pair = end.way === 'out' ? `${peerId} ${end.peer}` : `${end.peer} ${peerId}`
      const bundles = pairs.get(pair) ?? new Map<string, Bundle>()
      pairs.set(pair, bundles)
      const bundle = bundles.get(end.key) ?? { out: [], in: [] }
      bundles.set(end.key, bundle)
      bundle[end.way].push({ device, end })
    }
  return pairs
}

/** How far the receiver’s clock is ahead of the sender’s, from what is beyond doubt; delays are taken for part of it. */
const clockOffset = (bundles: Iterable<Bundle>): number => {
  const spans = [...bundles]
    .filter((bundle) => bundle.out.length === 1 && bundle.in.length === 1)
    .flatMap((bundle) => (bundle.out[0] && bundle.in[0] ? [bundle.in[0].end.at - bundle.out[0].end.at] : []))
    .sort((a, b) => a - b)
  return spans[spans.length >> 1] ?? 0
}

const lone = (to: WirePoint): Wire => ({ label: to.end.label, road: to.end.road, to })

const join = ({ out, in: arrived }: Bundle, offset: number): Wire[] => {
  const wires: Wire[] = []
  let next = 0
  for (const from of out) {
    const { label, road, at } = from.end
    const due = at + offset
    let to = arrived[next]
    while (to && to.end.at < due - UNSURE) {
      wires.push(lone(to))
      to = arrived[++next]
    }
    const isMatch = to !== undefined && to.end.at <= due + LONGEST
    if (isMatch) next += 1
    wires.push({ label, road, from, ...(isMatch && to && { to }) })
  }
  return [...wires, ...arrived.slice(next).map(lone)]
}

/**
 * Joins what left one device to what arrived at another. Ids tell most of it; where several have the same in common,
 * the first that left is the first that came, for links and servers keep the order.
 */
export const matchWires = (devices: readonly WiredDevice[]): Wire[] =>
  [...bundlesOf(devices).values()].flatMap((bundles) => {
    const offset = clockOffset(bundles.values())
    return [...bundles.values()].flatMap((bundle) => join(bundle, offset))
  })
