import { expect, test, vi } from 'vitest'
import type { Entry } from '#model/entry'
import { FieldmeshError } from '#model/fault'
import { entryOf } from './batches.testing.ts'
import { reading } from './stores.testing.ts'
import { createWriteGroup, type WriteGroupSteps } from './write-group.ts'

/** Drafts that are refused for records named `bad`, as when the replica changed since the call. */
const stepsWith = (ready: WriteGroupSteps['ready'] = async () => {}) => {
  const commit = vi.fn<(entries: readonly Entry[]) => Promise<void>>(async () => {})
  const draft: WriteGroupSteps['draft'] = (inputs) => {
    if (inputs.some(({ id }) => id === 'bad')) throw new FieldmeshError('entry-bad-clock')
    return inputs.map(({ id }, i) => ({ ...entryOf('a', i + 1), id }))
  }
  return { ready, draft, commit }
}

const settle = async (writes: Promise<Entry[]>[]) =>
  (await Promise.allSettled(writes)).map((write) =>
    write.status === 'fulfilled' ? write.value.map(({ id }) => id) : (write.reason as FieldmeshError).code,
  )

test('a call that can no longer be drafted is refused alone, the others are committed as one', async () => {
  const steps = stepsWith()
  const group = createWriteGroup(steps)
  const writes = [['m1', 'm2'], ['m3', 'bad'], ['m4']].map((ids) => group.add(ids.map((id) => reading(id, 1))))
  await group.flush()
  expect(await settle(writes)).toEqual([['m1', 'm2'], 'entry-bad-clock', ['m4']])
  expect(steps.commit.mock.calls.map(([entries]) => entries.map(({ id }) => id))).toEqual([['m1', 'm2', 'm4']])
})

test('where none can be drafted nothing is committed', async () => {
  const steps = stepsWith()
  const group = createWriteGroup(steps)
  const write = group.add([reading('bad', 1)])
  await group.flush()
  expect(await settle([write])).toEqual(['entry-bad-clock'])
  expect(steps.commit).not.toHaveBeenCalled()
})

test('a flush that is not ready rejects all that wait, and those that come later are not lost', async () => {
  const ready = vi.fn<() => Promise<void>>(async () => {}).mockRejectedValueOnce(new FieldmeshError('storage-failed'))
  const group = createWriteGroup(stepsWith(ready))
  const first = group.add([reading('m1', 1)])
  await group.flush()
  const second = group.add([reading('m2', 1)])
  await group.flush()
  expect(await settle([first, second])).toEqual(['storage-failed', ['m2']])
})
