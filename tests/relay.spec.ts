import { afterEach, expect, test, vi } from 'vitest'
import { commands } from 'vitest/browser'
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import type { SyncEngine } from '#engine/types'
import { createChromiumDevice, newSecret } from './support/relay-chromium.ts'
import { relayManners } from './support/relay-manners.ts'
import { createMemberRelay } from './support/relay-member.ts'
import { createOutsiderRelay } from './support/relay-outsider.ts'
import { createRelayPost, type RelayPost } from './support/relay-post.ts'

const PATIENCE = { timeout: 60_000, interval: 20 }
/** What each device wrote before they met. */
const SECRETS = ['ada tells this to bob alone', 'bob tells this to ada alone'] as const

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

interface Stage {
  readonly engines: readonly [SyncEngine, SyncEngine]
  readonly post: RelayPost
  readonly secret: string
  readonly begin: () => Promise<void>
}

/** Two engines in this page, in one room of a real signaling server, and a post in between. */
const setUp = async (isBound = true): Promise<Stage> => {
  const url = await commands.openServer({})
  cleanUps.push(() => commands.endServer(url, 'dispose'))
  const [post, secret] = [createRelayPost(), newSecret()]
  const make = () => createChromiumDevice({ post, url, secret, isBound })
  const engines = [make(), make()] as const
  const begin = async () => {
    await Promise.all(engines.map((engine) => engine.start()))
    for (const [i, engine] of engines.entries()) await engine.put('note', `note ${i}`, { words: SECRETS[i] ?? '' })
  }
  cleanUps.unshift(() => Promise.all(engines.map((engine) => engine.stop())))
  return { engines, post, secret, begin }
}
const peersOf = ({ engines }: Stage) => engines.map((engine) => engine.store.getStatus().peers[0])
const areAll = (stage: Stage, state: string) => () =>
  expect(peersOf(stage).map((peer) => peer?.state)).toEqual([state, state])
const recordsOf = (engine: SyncEngine) => engine.records('note').map(({ value }) => value['words'])

const sitInAsMember = async ({ post, secret }: Stage, manner: keyof typeof relayManners) => {
  const relay = await createMemberRelay({
    suite: platformCrypto(),
    post,
    secret,
    PeerConnection: RTCPeerConnection,
    manner: relayManners[manner],
  })
  post.sitIn(relay)
  cleanUps.push(relay.close)
  return relay
}

test.each([
  ['passes everything on', 'passOn', 'handshake-foreign'],
  ['makes the room’s part of each proof anew', 'proveAsRoom', 'handshake-forged'],
] as const)(
  'a relay with the room’s secret that %s is refused on both sides, and sees nothing',
  async (...given) => {
    const [, manner, fault] = given
    const stage = await setUp()
    const { tap, lines } = await sitInAsMember(stage, manner)
    await stage.begin()
    await vi.waitFor(areAll(stage, 'refused'), PATIENCE)
    expect(lines()).toBeGreaterThan(0)
    const faults = peersOf(stage).map((peer) => peer?.fault)
    // Whoever looked first says goodbye; the other may hear that before it has looked itself.
    expect(faults).toContain(fault)
    expect([fault, 'link-closed']).toEqual(expect.arrayContaining(faults))
    expect(tap.kinds).toEqual(expect.arrayContaining(['hello', 'auth']))
    expect(['hello', 'auth', 'bye']).toEqual(expect.arrayContaining([...tap.kinds]))
    for (const words of SECRETS) expect(tap.text()).not.toContain(words)
    expect(stage.engines.map(recordsOf)).toEqual(SECRETS.map((words) => [words]))
  },
  120_000,
)

test('the same relay gets through, and reads everything, where proofs say nothing of certificates: the control', async () => {
  const stage = await setUp(false)
  const { tap } = await sitInAsMember(stage, 'passOn')
  await stage.begin()
  await vi.waitFor(areAll(stage, 'connected'), PATIENCE)
  await vi.waitFor(() => {
    for (const engine of stage.engines) expect(recordsOf(engine)).toEqual(expect.arrayContaining([...SECRETS]))
  }, PATIENCE)
  expect(tap.kinds).toEqual(expect.arrayContaining(['hello', 'auth', 'entries']))
  for (const words of SECRETS) expect(tap.text()).toContain(words)
}, 120_000)

test('a relay without the secret opens no link: nothing that it makes of a signal is taken', async () => {
  const stage = await setUp()
  const set = vi.spyOn(RTCPeerConnection.prototype, 'setRemoteDescription')
  cleanUps.push(() => set.mockRestore())
  const relay = await createOutsiderRelay({
    suite: platformCrypto(),
    post: stage.post,
    PeerConnection: RTCPeerConnection,
  })
  stage.post.sitIn(relay)
  cleanUps.push(relay.close)
  await stage.begin()
  await vi.waitFor(() => expect(relay.made()).toBeGreaterThan(10), PATIENCE)
  expect(set).not.toHaveBeenCalled()
  expect(peersOf(stage).map((peer) => peer?.state)).not.toContain('connected')
  expect(stage.engines.map(recordsOf)).toEqual(SECRETS.map((words) => [words]))
}, 120_000)
