import { expect, test } from 'vitest'
import { perSnapshot } from './per-snapshot.ts'

test('a view is worked out once for each snapshot, and anew for another', () => {
  let worked = 0
  const view = perSnapshot((snapshot: { readonly n: number }) => {
    worked += 1
    return { twice: snapshot.n * 2 }
  })
  const snapshot = { n: 1 }
  expect(view(snapshot)).toEqual({ twice: 2 })
  expect(view(snapshot)).toBe(view(snapshot))
  expect(worked).toBe(1)
  expect(view({ n: 1 })).toEqual({ twice: 2 })
  expect(worked).toBe(2)
})
