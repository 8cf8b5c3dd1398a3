import { act, type ReactNode, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFakeEngine } from '../../tests/support/fake-engine.ts'
import { type OfflineSync, SyncProvider, useOfflineSync } from './index.ts'

type Fake = ReturnType<typeof createFakeEngine>
const made = vi.hoisted((): { fakes: Fake[] } => ({ fakes: [] }))

vi.mock('#engine/create-sync-engine', () => ({
  createSyncEngine: ({ room }: { room: string }) => {
    const fake = createFakeEngine(room)
    made.fakes.push(fake)
    return fake.engine
  },
}))

let root: Root
let host: HTMLElement

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  made.fakes = []
  host = document.createElement('div')
  root = createRoot(host)
})
afterEach(async () => {
  await act(async () => root.unmount())
  vi.runAllTimers()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const show = (node: ReactNode) => act(async () => root.render(node))
const onlyFake = (): Fake => {
  const [fake] = made.fakes
  if (!fake || made.fakes.length !== 1) throw new Error(`${made.fakes.length} engines instead of 1`)
  return fake
}

/** Breaks after it looked at an engine. */
const Broken = ({ message }: { message: string }): ReactNode => {
  useOfflineSync({ room: 'a' })
  throw new Error(message)
}

/** Uses the provider's engine and notes what it renders. */
const Probe = ({ seen }: { seen: OfflineSync[] }) => {
  const sync = useOfflineSync()
  seen.push(sync)
  return <p>{sync.records('reading').length}</p>
}

const Field = ({ room, signaling = null }: { room: string; signaling?: string | null }) => {
  const { status, records } = useOfflineSync({ room, signaling })
  return (
    <p>
      {status.phase} {records('reading').length}
    </p>
  )
}

test('StrictMode and two components make exactly one engine, started once mounted', async () => {
  await show(
    <StrictMode>
      <Field room="a" />
      <Field room="a" />
    </StrictMode>,
  )
  expect(host.textContent).toBe('running 0running 0')
  vi.runAllTimers()
  expect(onlyFake().stop).not.toHaveBeenCalled()
})

test('the engine stops late, after the last component unmounted', async () => {
  await show([<Field key="1" room="a" />, <Field key="2" room="a" />])
  const { stop } = onlyFake()
  await show([<Field key="1" room="a" />])
  vi.runAllTimers()
  expect(stop).not.toHaveBeenCalled()
  await show(null)
  expect(stop).not.toHaveBeenCalled()
  vi.runAllTimers()
  expect(stop).toHaveBeenCalledTimes(1)
})

test('another room is another engine, and the former is let go', async () => {
  await show(<Field room="a" />)
  await show(<Field room="b" />)
  vi.runAllTimers()
  expect(made.fakes.map((it) => [it.engine.room.secret, it.stop.mock.calls.length])).toEqual([
    ['a', 1],
    ['b', 0],
  ])
})

test('a render that is never committed leaves no engine running', async () => {
  await expect(act(async () => root.render(<Broken message="broken screen" />))).rejects.toThrow('broken screen')
  vi.runAllTimers()
  expect(onlyFake().start).not.toHaveBeenCalled()
  expect(onlyFake().stop).toHaveBeenCalledTimes(1)
})

test('a changed signaling address reaches the running engine', async () => {
  await show(<Field room="a" signaling={null} />)
  expect(onlyFake().setSignaling).not.toHaveBeenCalled()
  await show(<Field room="a" signaling="ws://localhost:1" />)
  expect(onlyFake().setSignaling.mock.calls).toEqual([['ws://localhost:1']])
})

test('connect and disconnect start and stop; without options the provider’s engine is used as it is', async () => {
  const fake = createFakeEngine()
  const seen: OfflineSync[] = []
  await show(
    <SyncProvider engine={fake.engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  expect(made.fakes).toEqual([])
  expect(seen.at(-1)?.engine).toBe(fake.engine)
  expect(fake.start).not.toHaveBeenCalled()
  await act(async () => seen.at(-1)?.connect())
  expect(seen.at(-1)?.status.phase).toBe('running')
  await act(async () => seen.at(-1)?.disconnect())
  expect(seen.at(-1)?.status.phase).toBe('idle')
})

test('records() follows the types it was asked for, and no others', async () => {
  const fake = createFakeEngine()
  const seen: OfflineSync[] = []
  await show(
    <SyncProvider engine={fake.engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  const renders = seen.length
  await act(async () => {
    await fake.engine.put('work-order', 'w-1', { title: 'Seal' })
  })
  expect(seen.length).toBe(renders)
  await act(async () => {
    await seen.at(-1)?.sync([{ resourceType: 'reading', id: 'm-1', action: 'create', data: { kwh: 1 } }])
  })
  expect(host.textContent).toBe('1')
})

test('a read in an event handler does not hide the change from the screen', async () => {
  const fake = createFakeEngine()
  const seen: OfflineSync[] = []
  await show(
    <SyncProvider engine={fake.engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  const before = seen.at(-1)
  // Listeners are called in the order of subscribing; a handler may well read before React is told.
  const written = [{ resourceType: 'reading', id: 'm-1', alive: true, fields: {}, value: {} }]
  fake.engine.store.getRecords = () => written
  expect(before?.records('reading').length).toBe(1)
  // Tells the listeners and changes nothing else that would render the component.
  await act(async () => fake.setExplanations([]))
  expect(host.textContent).toBe('1')
})
