import type { Explanation } from '#engine/types'

/** States in which a person waits for a repair, or is needed. */
const TROUBLED: ReadonlySet<string> = new Set(['recovering', 'waiting', 'gaveUp', 'refused', 'failed'])
/** Named like faults, and part of a normal day. */
const CALM: ReadonlySet<string> = new Set(['peer-absent', 'signaling-off', 'signaling-switched', 'another-tab'])

/** True for what is shown in red. */
export const isTrouble = ({ healthy, state, fault }: Explanation): boolean =>
  !healthy && (TROUBLED.has(state) || (fault !== undefined && !CALM.has(fault)))

const placeOf = ({ subject, peerId }: Explanation): string => `${subject} ${peerId ?? ''}`

/** What went wrong between two moments of a device: a state of trouble began, or its cause is another one. */
export const newTroubles = (before: readonly Explanation[], after: readonly Explanation[]): readonly Explanation[] => {
  const known = new Map(before.map((each) => [placeOf(each), each] as const))
  return after.filter((each) => {
    const was = known.get(placeOf(each))
    const isNewState = TROUBLED.has(each.state) && was?.state !== each.state
    return isTrouble(each) && (isNewState || was?.fault !== each.fault)
  })
}
