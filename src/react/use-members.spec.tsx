import { act, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Members, MemberView } from '#engine/members.types'
import { createFakeEngine } from '../../tests/support/fake-engine.ts'
import { type RoomMembers, SyncProvider, useMembers } from './index.ts'

let root: Root

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  root = createRoot(document.createElement('div'))
})
afterEach(async () => {
  await act(async () => root.unmount())
  vi.unstubAllGlobals()
})
const show = (node: ReactNode) => act(async () => root.render(node))

const device = (peerId: string, more: Partial<MemberView> = {}): MemberView => ({
  peerId,
  name: '',
  standing: 'member',
  isSelf: false,
  quarantined: 0,
  ...more,
})
const ME = device('me', { isSelf: true, role: 'admin' })

/** An engine whose members are changed by hand, as a list of the real ones is: another array after a change. */
const engineWithMembers = () => {
  const fake = createFakeEngine()
  let list: readonly MemberView[] = [ME]
  const admit = vi.fn<Members['admit']>()
  const remove = vi.fn<Members['remove']>()
  const describe = vi.fn<Members['describe']>()
  const rotateSecret = vi.fn<Members['rotateSecret']>()
  const deeds = { admit, remove, describe, rotateSecret }
  const members = { policy: 'certified' as const, mayDecide: true, list: () => list, ...deeds }
  const change = (next: Partial<Pick<Members, 'mayDecide'>>, devices = list) => {
    list = devices
    Object.assign(members, next)
    // Tells the listeners, and changes nothing else.
    fake.setStatus({})
  }
  return { engine: Object.assign(fake.engine, { members }), ...deeds, change }
}

const Probe = ({ seen }: { seen: RoomMembers[] }) => {
  seen.push(useMembers())
  return null
}

test('a component renders again when a device or the right to decide changed, and not otherwise', async () => {
  const { engine, change } = engineWithMembers()
  const seen: RoomMembers[] = []
  await show(
    <SyncProvider engine={engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  expect(seen).toHaveLength(1)
  expect(seen.at(-1)).toMatchObject({ policy: 'certified', mayDecide: true, list: [ME], self: ME })
  await act(async () => change({}))
  expect(seen).toHaveLength(1)
  const ben = device('ben', { standing: 'waiting' })
  await act(async () => change({}, [ben, ME]))
  expect(seen).toHaveLength(2)
  expect(seen.at(-1)?.list).toEqual([ben, ME])
  await act(async () => change({ mayDecide: false }))
  expect(seen).toHaveLength(3)
  expect(seen.at(-1)?.mayDecide).toBe(false)
})

test('this device is not known before the engine has started', async () => {
  const { engine, change } = engineWithMembers()
  change({}, [])
  const seen: RoomMembers[] = []
  await show(
    <SyncProvider engine={engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  expect(seen.at(-1)).toMatchObject({ list: [], self: undefined })
})

test('what is decided goes to the engine as it is', async () => {
  const { engine, admit, remove, describe, rotateSecret } = engineWithMembers()
  const seen: RoomMembers[] = []
  await show(
    <SyncProvider engine={engine}>
      <Probe seen={seen} />
    </SyncProvider>,
  )
  const { admit: letIn, remove: shutOut, describe: ask, rotateSecret: rotate } = seen[0] as RoomMembers
  ask('ben', { role: 'reader', name: 'Ben' })
  await letIn('ben', { role: 'reader', name: 'Ben' })
  await shutOut('ben', 'lost')
  await rotate()
  expect(describe.mock.calls).toEqual([['ben', { role: 'reader', name: 'Ben' }]])
  expect(admit.mock.calls).toEqual([['ben', { role: 'reader', name: 'Ben' }]])
  expect(remove.mock.calls).toEqual([['ben', 'lost']])
  expect(rotateSecret).toHaveBeenCalledOnce()
})
