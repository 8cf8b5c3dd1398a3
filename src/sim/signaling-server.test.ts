import { expect, test } from 'vitest'
import { base64url } from '#model/base64url'
import { proveJoin } from '#trust/join-proof'
import { peerIdOf } from '#trust/peer-id-of'
import { createSimCrypto } from './crypto.ts'
import { drained } from './drained.ts'
import { createHost } from './host.ts'
import { createNetwork } from './network.ts'
import { createRandom } from './random.ts'
import { createSimulatedSignaling } from './signaling-server.ts'
import { createTimeline } from './timeline.ts'
import { createTrace } from './trace.ts'
import { createWebSocketClass } from './web-socket.ts'

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1)
/** Two pings without an answer, and the one before them. */
const NOTICED_MS = 75_000

type Frame = Readonly<Record<string, unknown>>

const simulation = (seed: number) => {
  const timeline = createTimeline()
  const network = createNetwork({ timeline, random: createRandom(seed), trace: createTrace() })
  const suite = createSimCrypto().suiteFor((length) => new Uint8Array(length))
  const server = createSimulatedSignaling(network, suite)
  const pass = async (ms: number) => {
    let isOver = false
    timeline.after(ms, () => {
      isOver = true
    })
    while (!isOver && timeline.step()) await drained()
    return server.connections
  }
  return { timeline, network, suite, server, pass }
}

/** A device that answers the hello with what `ask` makes of its good join. */
const dial = async (
  { timeline, network, suite, server }: ReturnType<typeof simulation>,
  name: string,
  ask: (join: Frame) => readonly Frame[] = (join) => [join],
) => {
  const host = createHost({ name, timeline, wallNow: timeline.now })
  const socket = new (createWebSocketClass(network, server, host, name))('ws://server/')
  const [room, device] = await Promise.all(
    [1, name.charCodeAt(0)].map((n) => suite.signerOf(new Uint8Array(32).fill(n))),
  )
  if (!room || !device) throw new Error('two signers')
  const frames: Frame[] = []
  const codes: number[] = []
  socket.onclose = ({ code }) => void codes.push(code)
  const answer = async (nonce: string) => {
    const claim = { room: base64url(room.publicKey), peer: peerIdOf(device.publicKey), nonce }
    const proof = await proveJoin(claim, { room, device })
    for (const frame of ask({ t: 'join', room: claim.room, peer: claim.peer, ...proof }))
      socket.send(JSON.stringify(frame))
  }
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as Frame
    frames.push(frame)
    if (frame['t'] === 'hello') void answer(String(frame['nonce']))
  }
  return { host, frames, codes }
}

test.each(SEEDS)('a device without power is dropped, whether its end was told or not, seed %i', async (seed) => {
  const world = simulation(seed)
  const { host } = await dial(world, 'a')
  expect(await world.pass(1_000)).toBe(1)
  host.kill()
  expect(await world.pass(NOTICED_MS)).toBe(0)
})

test('a frozen page is not: its browser goes on answering', async () => {
  const world = simulation(1)
  const { host } = await dial(world, 'a')
  await world.pass(1_000)
  host.freeze()
  expect(await world.pass(3 * NOTICED_MS)).toBe(1)
})

test.each<[string, (join: Frame) => Frame]>([
  ['without a proof', ({ room, peer }) => ({ t: 'join', room, peer })],
  ['with a proof of another device', (join) => ({ ...join, peer: `${'p'.repeat(21)}A` })],
  ['with a proof for another room', (join) => ({ ...join, room: base64url(new Uint8Array(32)) })],
])('a join %s is refused for good, and nobody in the room is told', async (_, forge) => {
  const world = simulation(1)
  const ada = await dial(world, 'a')
  await world.pass(1_000)
  const mallory = await dial(world, 'm', (join) => [forge(join)])
  expect(await world.pass(1_000)).toBe(1)
  expect([mallory.frames.at(-1), mallory.codes]).toEqual([{ t: 'error', code: 'bad-proof' }, [4003]])
  expect(ada.frames.map(({ t }) => t)).toEqual(['hello', 'joined'])
})

test('a proof is good for the connection it was made on', async () => {
  const world = simulation(1)
  let heard: Frame = {}
  await dial(world, 'a', (join) => {
    heard = join
    return [join]
  })
  await world.pass(1_000)
  const mallory = await dial(world, 'm', () => [heard])
  expect(await world.pass(1_000)).toBe(1)
  expect(mallory.codes).toEqual([4003])
})

test('what a device says while its proof is looked at waits; a second join is one too many', async () => {
  const world = simulation(1)
  const signal = { t: 'signal', to: 'nobody', id: 7, box: 'x' }
  const ada = await dial(world, 'a', (join) => [join, signal, join])
  expect(await world.pass(1_000)).toBe(0)
  expect(ada.frames.slice(1)).toMatchObject([
    { t: 'joined' },
    { t: 'error', code: 'peer-unknown', ref: 7 },
    { t: 'error', code: 'bad-message' },
  ])
})
