import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { fromCallback, type InspectionEvent } from 'xstate'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { alwaysLeader } from '#adapters/storage/leadership'
import type { EnginePorts } from '#engine/ports'
import type { InspectOption } from '#engine/types'
import { useOfflineSync } from '#react/index'
import { createMemoryDisk, createMemoryJournal } from '#store/memory-journal'

const ports: Partial<EnginePorts> = {
  socket: () => fromCallback(() => {}),
  leadership: alwaysLeader,
  openJournal: async () => createMemoryJournal(createMemoryDisk()),
}
let root: Root
let host: HTMLElement
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  host = document.createElement('div')
  root = createRoot(host)
})
afterEach(async () => {
  await act(async () => root.unmount())
  vi.unstubAllGlobals()
})

const Field = ({ room, inspect }: { room: string; inspect: InspectOption }) => {
  const { status } = useOfflineSync({ room, inspect, ports })
  return <p>{status.phase}</p>
}
const isRunning = () => vi.waitFor(() => expect(host.textContent).toBe('running'))

test('the hook hands an inspector on, as a function that is made anew with every render', async () => {
  const seen: InspectionEvent[] = []
  const show = () => act(async () => root.render(<Field room="inspected" inspect={(event) => void seen.push(event)} />))
  await show()
  await isRunning()
  await show()
  const roots = new Set(seen.map(({ rootId }) => rootId))
  expect(roots.size).toBe(1)
  expect(seen.some(({ type }) => type === '@xstate.microstep')).toBe(true)
})

test('one that throws leaves the component as it is', async () => {
  const next = vi.fn<() => never>(() => {
    throw new Error('mine')
  })
  await act(async () => root.render(<Field room="thrown" inspect={{ next }} />))
  await isRunning()
  expect(next).toHaveBeenCalled()
})
