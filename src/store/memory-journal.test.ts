import { expect, test } from 'vitest'
import { dotsIn, single } from './batches.testing.ts'
import { createMemoryJournal } from './memory-journal.ts'

test('faults come in the order asked for, and only the last kind reaches the disk', async () => {
  const journal = createMemoryJournal()
  journal.failNext('full', 'failed', 'failed-after-commit')
  await expect(journal.append(single(1))).rejects.toMatchObject({ code: 'storage-full' })
  await expect(journal.append(single(2))).rejects.toMatchObject({ code: 'storage-failed' })
  await expect(journal.append(single(3), single(4))).rejects.toMatchObject({ code: 'storage-failed' })
  await journal.append(single(5))
  expect(await dotsIn(journal.readAll())).toEqual(['a:3', 'a:4', 'a:5'])
})
