import { beforeEach, expect, test, vi } from 'vitest'
import { createSyncStore } from './sync-store.ts'
import type { SyncStatus } from './sync-store.types.ts'

const STATUS: SyncStatus = {
  mode: 'idle',
  peers: [],
  outboxCount: 0,
  lastSync: 0,
  signalingConnected: false,
  phase: 'idle',
}
let status = STATUS
const due: (() => void)[] = []
const store = () => createSyncStore({ readStatus: () => ({ ...status }), schedule: (run) => due.push(run) })
const runDue = () => {
  for (const run of due.splice(0)) run()
}
beforeEach(() => {
  status = STATUS
  due.length = 0
})

test('many changes are one notice, and the status keeps its identity until it differs', () => {
  const one = store()
  const listener = vi.fn<() => void>()
  one.subscribe(listener)
  const before = one.getStatus()
  one.touchStatus()
  one.touchStatus()
  runDue()
  expect(listener).not.toHaveBeenCalled()
  expect(one.getStatus()).toBe(before)
  status = { ...STATUS, outboxCount: 2 }
  one.touchStatus()
  one.touchStatus()
  runDue()
  expect(listener).toHaveBeenCalledOnce()
  expect(one.getStatus()).toMatchObject({ outboxCount: 2 })
})

test('while nobody listens the status is read only when somebody asks, and then it is true', () => {
  const readStatus = vi.fn<() => SyncStatus>(() => ({ ...status }))
  let heard = false
  const one = createSyncStore({
    readStatus,
    schedule: (run) => due.push(run),
    onStatus: () => {},
    isHeard: () => heard,
  })
  readStatus.mockClear()
  status = { ...STATUS, outboxCount: 1 }
  for (let i = 0; i < 100; i++) one.touchStatus()
  runDue()
  expect(readStatus).not.toHaveBeenCalled()
  expect(one.getStatus()).toMatchObject({ outboxCount: 1 })
  expect(one.getStatus()).toBe(one.getStatus())
  expect(readStatus).toHaveBeenCalledOnce()
  heard = true
  one.touchStatus()
  runDue()
  expect(readStatus).toHaveBeenCalledTimes(2)
})

test('what changed before the first listener came is no news to it, what changes after is', () => {
  const one = store()
  status = { ...STATUS, outboxCount: 1 }
  one.touchStatus()
  const listener = vi.fn<() => void>()
  one.subscribe(listener)
  one.touchStatus()
  expect(one.getStatus()).toMatchObject({ outboxCount: 1 })
  runDue()
  expect(listener).not.toHaveBeenCalled()
  status = { ...STATUS, outboxCount: 2 }
  one.touchStatus()
  one.getStatus()
  runDue()
  expect(listener).toHaveBeenCalledOnce()
})

test('records that changed before the first listener came, and a look at the status, tell nobody anything', () => {
  const onStatus = vi.fn<() => void>()
  let heard = false
  const one = createSyncStore({
    readStatus: () => ({ ...status }),
    schedule: (run) => due.push(run),
    onStatus,
    isHeard: () => heard,
  })
  one.attach(undefined)
  status = { ...STATUS, outboxCount: 1 }
  one.touchStatus()
  heard = true
  expect(one.getStatus()).toMatchObject({ outboxCount: 1 })
  const listener = vi.fn<() => void>()
  one.subscribe(listener)
  one.touchStatus()
  runDue()
  expect(onStatus).not.toHaveBeenCalled()
  expect(listener).not.toHaveBeenCalled()
})

test('who unsubscribed hears no more', () => {
  const one = store()
  const listener = vi.fn<() => void>()
  one.subscribe(listener)()
  status = { ...STATUS, outboxCount: 1 }
  one.touchStatus()
  runDue()
  expect(listener).not.toHaveBeenCalled()
})

test('without a replica there are no records, the same nothing each time', () => {
  const one = store()
  expect(one.getRecords('reading')).toBe(one.getRecords('reading'))
  expect(one.getRecord('reading', 'x')).toBeUndefined()
  expect(one.getConflicts()).toEqual([])
})
