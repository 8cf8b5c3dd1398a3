import type { Finding } from './types.ts'

/**
 * What must hold in every world, by ids that stay; a `Finding` names one.
 *
 * @example
 * WORLD_RULES['WORLD-14'] // 'A stopped world leaves nothing behind: no actor, timer, link, socket, journal or byte.'
 */
export const WORLD_RULES = {
  'WORLD-1': 'Devices that hold the same entries show the same records and the same conflicts.',
  'WORLD-2': 'What a device shows is what the data model reads from the entries on its disk, and all of those apply.',
  'WORLD-3':
    'A write that resolved is on every running device, byte for byte, if it was ever durable on a disk that was not lost since.',
  'WORLD-4':
    'Every entry was durable on its author’s disk before any other device had it, and two entries share a place in a log only after a disk was lost.',
  'WORLD-5': 'Every maximal write of all that resolved is visible on every running device, as value or as conflict.',
  'WORLD-6': 'What an engine shows, and what a write resolved for, is durable on its disk at that moment.',
  'WORLD-7':
    'What was durable on a disk, and what a device was told that another stored, is there, also after crashes, unless the disk was lost.',
  'WORLD-8':
    'A device applies each author’s entries once and in order, 1, 2, 3 …, going on from what its disk held at the start.',
  'WORLD-9':
    'At rest the outbox is empty, nobody lacks anything or is ahead, and receipts name every other running device.',
  'WORLD-10': 'The hybrid times of an author’s entries strictly increase.',
  'WORLD-11': 'At rest there is exactly one link for each pair of running devices, and nothing beside them.',
  'WORLD-12': 'Bytes of messages rest within the limits, and none are left at rest.',
  'WORLD-13': 'The charts of an engine are JSON of a bounded size, and none of them failed.',
  'WORLD-14': 'A stopped world leaves nothing behind: no actor, timer, link, socket, journal or byte.',
  // That two branches exist at all shows only where both arrive: version vectors cannot tell them apart.
  'WORLD-15': 'Whoever was sent two entries for one place of a log keeps both and names their author as suspect.',
  'WORLD-16': 'A device that found its own log forked starts under a new identity the next time.',
  'WORLD-17':
    'A device that is gone is shown as connected, and then as recovering, for no longer than the charts take to notice.',
  'WORLD-18': 'Devices that keep the protocol are not blamed for breaking it.',
} as const satisfies Record<string, string>

export type WorldRule = keyof typeof WORLD_RULES

/** Of one rule so many are told; the rest is the same again. */
const MOST_FINDINGS = 5

/** A list of findings that stays short. */
export interface FindingList {
  readonly found: readonly Finding[]
  add(rule: WorldRule, says: string): void
}

/** Adds to a list of one's own, or to the one given. */
export const createFindings = (found: Finding[] = []): FindingList => ({
  found,
  add: (rule, says) => {
    if (found.filter((one) => one.rule === rule).length < MOST_FINDINGS) found.push({ rule, says })
  },
})
