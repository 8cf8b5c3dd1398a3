import { afterEach, describe, expect, it, vi } from 'vitest'
import { idOf, roomIdOf } from '../../tests/support/named-keys.ts'
import { joinRoom } from '../../tests/support/signaling-client.ts'
import { type Backplane, createMemoryBackplane } from './backplane.ts'
import { createSignalingServer, type SignalingServer } from './create-signaling-server.ts'

// For a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 })
const PATIENCE = { timeout: 10_000 }

/** The memory backplane with a hop in between, like a network. */
const createDistantBackplane = (): Backplane => {
  const near = createMemoryBackplane()
  return { ...near, publish: (room, text) => void setImmediate(() => near.publish(room, text)) }
}

const servers: SignalingServer[] = []
const startTwo = async (backplane: Backplane) => {
  const pair = [await createSignalingServer({ backplane }), await createSignalingServer({ backplane })] as const
  servers.push(...pair)
  return pair
}
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

describe.each([
  ['at once', createMemoryBackplane],
  ['after a hop', createDistantBackplane],
])('two servers on one backplane that delivers %s', (_, createBackplane) => {
  it('are one room: each device hears of the other, and signals cross', async () => {
    const [one, two] = await startTwo(createBackplane())
    const ada = await joinRoom(one.url, 'r', 'ada')
    const bob = await joinRoom(two.url, 'r', 'bob')
    await ada.next('peer-joined')
    await expect.poll(() => JSON.stringify(bob.frames), PATIENCE).toContain(idOf('ada'))
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    expect(await bob.next('signal')).toEqual({ t: 'signal', from: idOf('ada'), id: 1, box: 'x' })
    bob.send({ t: 'signal', to: idOf('ada'), id: 2, box: 'y' })
    expect(await ada.next('signal')).toEqual({ t: 'signal', from: idOf('bob'), id: 2, box: 'y' })
    await bob.close()
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'left' })
    ada.send({ t: 'signal', to: idOf('bob'), id: 3, box: 'z' })
    expect(await ada.next('error')).toEqual({ t: 'error', code: 'peer-gone', ref: 3 })
  })

  it('keep only the newer stay of a device that moved from one to the other', async () => {
    const [one, two] = await startTwo(createBackplane())
    const ada = await joinRoom(one.url, 'r', 'ada')
    const old = await joinRoom(one.url, 'r', 'bob')
    await ada.next('peer-joined')
    const young = await joinRoom(two.url, 'r', 'bob')
    expect(await old.closed).toBe(4001)
    expect(await ada.next('peer-left')).toMatchObject({ why: 'replaced' })
    await ada.next('peer-joined')
    ada.send({ t: 'signal', to: idOf('bob'), id: 1, box: 'x' })
    expect(await young.next('signal')).toMatchObject({ from: idOf('ada') })
    expect(young.socket.readyState).toBe(young.socket.OPEN)
  })

  it('tell the devices of one when the other goes down', async () => {
    const [one, two] = await startTwo(createBackplane())
    const ada = await joinRoom(one.url, 'r', 'ada')
    await joinRoom(two.url, 'r', 'bob')
    await ada.next('peer-joined')
    await two.close()
    expect(await ada.next('peer-left')).toEqual({ t: 'peer-left', peer: idOf('bob'), why: 'node-lost' })
  })

  it('count and pass over what is no message of a node', async () => {
    const backplane = createBackplane()
    const [one] = await startTwo(backplane)
    const ada = await joinRoom(one.url, 'r', 'ada')
    for (const text of ['', '{}', 'null', '{"k":"here","node":"x","stays":[{}]}'])
      backplane.publish(roomIdOf('r'), text)
    const metrics = async () => (await fetch(`http://127.0.0.1:${one.port}/metrics`)).text()
    await expect.poll(metrics, PATIENCE).toContain('refusals_total{code="bad-message"} 4\n')
    expect(ada.socket.readyState).toBe(ada.socket.OPEN)
  })
})
