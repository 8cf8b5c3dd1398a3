import type { SyncEngine } from '#engine/types'
import type { EntryInput, Json } from '#model/entry'
import { createRandom, type Random } from '#sim/random'
import type { WriteDeed, WritePlan } from './plan.types.ts'

/** Kind of every record that plans write. */
export const PLANNED_TYPE = 'note'

/** Values that several devices write, so that concurrent ones are sometimes equal. */
const COMMON: readonly Json[] = [null, true, 0, -1.5, '', 'same', { a: [1, 'ü'] }]

/** Text that does not deflate well, so that large values need many chunks. */
const textOf = (random: Random, mark: string, bytes: number): string => {
  const parts = [mark]
  for (let length = mark.length; length < bytes; length += 8)
    parts.push(
      Math.floor(random.next() * 2 ** 48)
        .toString(36)
        .padStart(8, '0')
        .slice(-8),
    )
  return parts.join('').slice(0, Math.max(bytes, mark.length))
}

const plannedValue = (random: Random, mark: string, bytes: number): Json =>
  bytes === 0 ? random.pick(COMMON) : textOf(random, `${mark}.`, bytes)

const rowsOf = (
  engine: SyncEngine,
  random: Random,
  id: number,
  { sheet, rows, bytes }: WriteDeed & { does: 'import' },
) =>
  Array.from({ length: rows }, (_, row): EntryInput => {
    const record = `${sheet}-${row}`
    const action = engine.record(PLANNED_TYPE, record)?.alive ? 'update' : 'create'
    return {
      id: record,
      resourceType: PLANNED_TYPE,
      action,
      data: { f0: row, f1: plannedValue(random, `w${id}`, bytes) },
    }
  })

const resolve = (engine: SyncEngine): Promise<unknown> | undefined => {
  const [conflict] = engine.conflicts()
  if (!conflict) return undefined
  const { resourceType, id, field, winner } = conflict
  // An edit of what was deleted is settled by taking the side that is shown: the record stays.
  return engine.put(resourceType, id, field === '$alive' ? { kept: true } : { [field]: winner.value })
}

/**
 * Does what a plan's write says, through the engine as an application would.
 *
 * @returns settles with the write; undefined where there was nothing to do
 */
export const doWrite = (engine: SyncEngine, seed: number, write: WritePlan): Promise<unknown> | undefined => {
  const random = createRandom(seed, `write/${write.id}`)
  switch (write.does) {
    case 'put': {
      const fields = write.fields.map((field) => [field, plannedValue(random, `w${write.id}`, write.bytes)])
      return engine.put(PLANNED_TYPE, write.record, Object.fromEntries(fields))
    }
    case 'remove':
      return engine.remove(PLANNED_TYPE, write.record)
    case 'import':
      return engine.sync(rowsOf(engine, random, write.id, write))
    case 'resolve':
      return resolve(engine)
  }
}
