import type { BoxUnderWay, Relay } from './relay-post.ts'
import type { RelayStage } from './relay-stage.ts'

/** Shares, 0 to 1, of the boxes that come by. */
export interface DenialShares {
  /** Of those that are never delivered where they belong. */
  readonly dropped: number
  /** Of those that come late, up to twenty seconds. */
  readonly late: number
  /** Of those that come again, up to three times. */
  readonly doubled: number
}

const MOST_LATE_MS = 20_000

/**
 * A signaling server that does with boxes what a server can: it drops, delays, doubles and misaddresses them, and says
 * old ones again. It has no key. Every single box is misaddressed too, in every way there is.
 */
export const createDenial = (
  { post, random, after }: Pick<RelayStage, 'post' | 'random' | 'after'>,
  { dropped, late, doubled }: DenialShares,
): Relay => {
  const past: BoxUnderWay[] = []
  const soon = (box: BoxUnderWay) => after(random.next() * MOST_LATE_MS, () => post.deliver(box))
  const misaddress = ({ from, to, box }: BoxUnderWay): void => {
    soon({ from: to, to: from, box })
    soon({ from: to, to, box })
    soon({ from, to: from, box })
    soon({ from: 'somebody-there-is-not', to, box })
  }
  return {
    receive: (box) => {
      past.push(box)
      misaddress(box)
      if (random.chance(dropped)) return
      if (random.chance(late)) soon(box)
      else post.deliver(box)
      if (!random.chance(doubled)) return
      for (let again = random.int(1, 3); again > 0; again--) soon(box)
      soon(random.pick(past))
    },
  }
}
