import { act, type ReactNode, StrictMode, startTransition, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Explanation, PeerStatus, SyncEngine } from '#engine/types'
import { createFakeEngine } from '../../tests/support/fake-engine.ts'
import {
  SyncProvider,
  useConflicts,
  useExplanations,
  useOutbox,
  usePeers,
  useRecord,
  useRecords,
  useSyncEngine,
  useSyncStatus,
} from './index.ts'

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

const show = (node: ReactNode) => act(async () => root.render(node))
const within = (engine: SyncEngine, children: ReactNode) => <SyncProvider engine={engine}>{children}</SyncProvider>
const peer: PeerStatus = { peerId: 'p', state: 'connected', lacks: 0, ahead: 0, lastSeen: 1 }
const calm: Explanation = { subject: 'engine', state: 'running', cause: '', nextStep: '', healthy: true }

/** Notes every value that it renders. */
const Probe = ({ useValue, seen = [] }: { useValue: () => unknown; seen?: unknown[] }) => {
  const value = useValue()
  seen.push(value)
  return <i>{String(value)}</i>
}
const usePhase = () => useSyncStatus().phase
const useReadingCount = () => useRecords('reading').length
const useKwh = () => JSON.stringify(useRecord('reading', 'm-1')?.value)
const usePeerCount = () => usePeers().length
const useOutboxCount = () => useOutbox().count
const useConflictCount = () => useConflicts().length
const useExplanationCount = () => useExplanations().length

test('every hook shows its part of an engine that was made outside React', async () => {
  const fake = createFakeEngine()
  const hooks = [usePhase, useReadingCount, useKwh, usePeerCount, useOutboxCount, useConflictCount, useExplanationCount]
  const probes = hooks.map((hook) => <Probe key={hook.name} useValue={hook} />)
  const texts = () => [...host.querySelectorAll('i')].map((it) => it.textContent)
  await show(<StrictMode>{within(fake.engine, probes)}</StrictMode>)
  expect(texts()).toEqual(['idle', '0', 'undefined', '0', '0', '0', '0'])
  const winner = { value: 1, dot: { peerId: 'a', seq: 1 }, timestamp: 1 }
  await act(async () => {
    await fake.engine.start()
    await fake.engine.put('reading', 'm-1', { kwh: 812 })
    fake.setStatus({ peers: [peer], outboxCount: 3 })
    fake.setConflicts([{ resourceType: 'reading', id: 'm-1', field: 'kwh', winner, others: [] }])
    fake.setExplanations([calm])
  })
  expect(texts()).toEqual(['running', '1', '{"kwh":812}', '1', '3', '1', '1'])
})

test('a component renders again only when the part it reads changed', async () => {
  const fake = createFakeEngine()
  const seen: Record<'peers' | 'outbox' | 'readings' | 'explanations', unknown[]> = {
    peers: [],
    outbox: [],
    readings: [],
    explanations: [],
  }
  fake.setExplanations([calm])
  await show(
    within(fake.engine, [
      <Probe key="1" useValue={usePeers} seen={seen.peers} />,
      <Probe key="2" useValue={useOutboxCount} seen={seen.outbox} />,
      <Probe key="3" useValue={useReadingCount} seen={seen.readings} />,
      <Probe key="4" useValue={useExplanations} seen={seen.explanations} />,
    ]),
  )
  const renders = () => Object.values(seen).map((values) => values.length)
  expect(renders()).toEqual([1, 1, 1, 1])
  await act(async () => fake.setStatus({ outboxCount: 1 }))
  expect(renders()).toEqual([1, 2, 1, 1])
  await act(async () => fake.setStatus({ peers: [{ ...peer }] }))
  await act(async () => fake.setStatus({ peers: [{ ...peer }] }))
  expect(renders()).toEqual([2, 2, 1, 1])
  await act(async () => fake.engine.put('work-order', 'w-1', { title: 'Seal' }))
  expect(renders()).toEqual([2, 2, 1, 1])
  await act(async () => fake.engine.put('reading', 'm-1', { kwh: 1 }))
  expect(renders()).toEqual([2, 2, 2, 1])
})

/** Changes the store while a transition renders it, as a link may at any time. */
const useOutboxAmidChange = () => {
  const { count } = useOutbox()
  useSyncEngine()
    .put('reading', 'm-1', {})
    .catch(() => {})
  return count
}
const Pair = ({ onReady, seen }: { onReady: (reveal: () => void) => void; seen: unknown[] }) => {
  const [shown, setShown] = useState(false)
  onReady(() => startTransition(() => setShown(true)))
  if (!shown) return null
  return [
    <Probe key="a" useValue={useOutboxAmidChange} seen={seen} />,
    <Probe key="b" useValue={useOutboxCount} seen={seen} />,
  ]
}

test('two components never show different moments of the store, even when it changes amid a transition', async () => {
  const fake = createFakeEngine()
  const meddle: SyncEngine['put'] = async () => {
    if (fake.engine.store.getStatus().outboxCount === 0) fake.setStatus({ outboxCount: 1 })
    throw new Error('only meddles')
  }
  fake.engine.put = meddle
  const shown: string[] = []
  const watch = new MutationObserver(() => shown.push(host.textContent))
  watch.observe(host, { childList: true, subtree: true, characterData: true })
  const seen: unknown[] = []
  let reveal = () => {}
  const onReady = (next: () => void) => {
    reveal = next
  }
  await show(within(fake.engine, <Pair onReady={onReady} seen={seen} />))
  await act(async () => reveal())
  watch.disconnect()
  // The first of the pair did read the older moment; the screen never showed it.
  expect(seen).toContain(0)
  expect(host.textContent).toBe('11')
  expect(shown).not.toContain('01')
})

test('unmounting leaves no listener behind, and does not stop an engine of the provider', async () => {
  const fake = createFakeEngine()
  await show(within(fake.engine, <Probe useValue={useOutboxCount} />))
  expect(fake.listeners()).toBe(1)
  await show(null)
  expect(fake.listeners()).toBe(0)
  expect(fake.stop).not.toHaveBeenCalled()
})

test('a hook outside any provider says what is missing', async () => {
  await expect(show(<Probe useValue={useSyncEngine} />)).rejects.toMatchObject({ code: 'options-invalid' })
})
