import { expect, test, vi } from 'vitest'
import { createLifetimes } from './engine-lifetimes.ts'
import type { SyncEngine } from './types.ts'

interface Options {
  readonly room: string
  readonly storage?: { readonly name?: string }
}

/** Engines that only count, and a clock turned by hand. */
const setup = () => {
  const stops: string[] = []
  const create = vi.fn<(options: Options) => SyncEngine>(({ room }) => {
    const stop = async () => {
      stops.push(room)
    }
    return { stop } as Partial<SyncEngine> as SyncEngine
  })
  const due = new Set<() => void>()
  const lifetimes = createLifetimes(create, (run) => {
    due.add(run)
    return () => due.delete(run)
  })
  const elapse = () => {
    for (const run of due) {
      due.delete(run)
      run()
    }
  }
  return { lifetimes, create, stops, elapse }
}

test('everybody who names the same room and storage holds one engine', () => {
  const { lifetimes, create } = setup()
  const first = lifetimes.acquire({ room: 'a' })
  expect(lifetimes.acquire({ room: 'a' }).engine).toBe(first.engine)
  expect(lifetimes.peek({ room: 'a', storage: {} })).toBe(first.engine)
  expect(lifetimes.acquire({ room: 'a', storage: { name: 'other' } }).engine).not.toBe(first.engine)
  expect(lifetimes.acquire({ room: 'b' }).engine).not.toBe(first.engine)
  expect(create).toHaveBeenCalledTimes(3)
})

test('an engine stops only after its last holder let go, and late', () => {
  const { lifetimes, stops, elapse } = setup()
  const first = lifetimes.acquire({ room: 'a' })
  const second = lifetimes.acquire({ room: 'a' })
  first.release()
  first.release()
  elapse()
  expect(stops).toEqual([])
  second.release()
  expect(stops).toEqual([])
  elapse()
  expect(stops).toEqual(['a'])
})

test('whoever comes back in time keeps the engine running', () => {
  const { lifetimes, stops, elapse, create } = setup()
  lifetimes.acquire({ room: 'a' }).release()
  lifetimes.acquire({ room: 'a' })
  elapse()
  expect(stops).toEqual([])
  expect(create).toHaveBeenCalledTimes(1)
})

test('an engine that was only looked at is dropped, and the next one is new', () => {
  const { lifetimes, stops, elapse, create } = setup()
  lifetimes.peek({ room: 'a' })
  elapse()
  expect(stops).toEqual(['a'])
  lifetimes.acquire({ room: 'a' })
  expect(create).toHaveBeenCalledTimes(2)
})
