import type { Random } from '#sim/random'
import type { PlanFrame } from './plan.ts'
import type { WriteDeed, WritePlan } from './plan.types.ts'

/** Few, so that devices meet in them. */
const RECORDS = ['r0', 'r1', 'r2', 'r3']
const FIELDS = ['f0', 'f1', 'f2']
const SHEETS = ['s0', 's1', 's2']

/** One write of a plan: often in a moment when others write, and sometimes in the very same millisecond. */
export const planWrite = (random: Random, id: number, { devices, durationMs, moments }: PlanFrame): WritePlan => {
  const at = random.chance(0.25)
    ? random.int(0, durationMs - 1)
    : random.pick(moments) + (random.chance(0.5) ? 0 : random.int(0, 2_000))
  return { id, at, device: random.pick(devices), ...deedOf(random) }
}

const deedOf = (random: Random): WriteDeed => {
  const kind = random.int(1, 100)
  if (kind <= 8) return { does: 'remove', record: random.pick(RECORDS) }
  if (kind <= 16) return { does: 'resolve' }
  if (kind <= 22) return { does: 'import', sheet: random.pick(SHEETS), ...sheetOf(random) }
  const [bytes, fields] = [sizeOf(random), fieldsOf(random)]
  // One large value has all that several would show.
  return { does: 'put', record: random.pick(RECORDS), fields: bytes > 1_000 ? fields.slice(0, 1) : fields, bytes }
}

const sheetOf = (random: Random) => ({ rows: Math.round(2 * 150 ** random.next()), bytes: random.int(0, 200) })

const fieldsOf = (random: Random): string[] => {
  const chosen = FIELDS.filter(() => random.chance(0.5))
  return chosen.length > 0 ? chosen : [random.pick(FIELDS)]
}

/** Mostly a few words; sometimes several chunks, and now and then more than a batch. */
const sizeOf = (random: Random): number => {
  const kind = random.int(1, 100)
  if (kind <= 20) return 0
  if (kind <= 93) return random.int(1, 60)
  return kind <= 99 ? random.int(14_000, 60_000) : random.int(256 * 1024, 320 * 1024)
}
