import { afterEach, expect, it, vi } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { base64url, fromBase64url } from '#model/base64url'
import { proveJoin } from '#trust/join-proof'
import { openRoomKeys, type RoomKeys } from '#trust/room-keys'
import { createSignalBoxes } from '#trust/sealed-signals'
import { createSocketTrust } from '#trust/socket-trust'
import { utf8 } from '#trust/statement'
import { deviceKey, idOf } from '../../tests/support/named-keys.ts'
import { openClient, type RawFrame, type SignalingClient } from '../../tests/support/signaling-client.ts'
import { createSignalingServer, type SignalingServer } from './create-signaling-server.ts'

// For a busy machine; nothing here waits for it.
vi.setConfig({ testTimeout: 30_000 })

const suite = createWebCrypto()
const SECRET = base64url(Uint8Array.from({ length: 32 }, (_, i) => i + 100))
const OFFER = '{"kind":"offer","pwd":"the password of a link"}'
let server: SignalingServer
afterEach(() => server.close())

/** A member of the room; whatever it says or hears is in the server's log. */
const enter = async (name: string, room: RoomKeys, log: RawFrame[]) => {
  const client = openClient(server.url)
  const trust = createSocketTrust({ suite, room, device: deviceKey(name), epoch: 1 })
  const say = (frame: RawFrame) => {
    log.push(frame)
    client.send(frame)
  }
  const hello = await client.next('hello')
  const claim = { room: room.id, peer: idOf(name), nonce: String(hello['nonce']) }
  say({ t: 'join', room: claim.room, peer: claim.peer, ...(await trust.prove(claim)) })
  await client.next('joined')
  const tell = async (to: string, text: string) =>
    say({ t: 'signal', to, id: 1, box: await trust.seal(to, utf8(text)) })
  return { client, trust, tell }
}

/** Every run of characters that could be a key, a signature or a box. */
const piecesOf = (log: readonly unknown[]): readonly string[] => [
  ...new Set(JSON.stringify(log).match(/[A-Za-z0-9_-]{20,}/g)),
]

const tryToJoin = async (room: RoomKeys, make: (nonce: string) => Promise<RawFrame>): Promise<unknown> => {
  const mallory: SignalingClient = openClient(server.url)
  const hello = await mallory.next('hello')
  mallory.send({ t: 'join', room: room.id, peer: idOf('mallory'), ...(await make(String(hello['nonce']))) })
  await mallory.closed
  return mallory.frames.map(({ code }) => code).at(-1)
}

it('who has read all that the server ever carried neither joins the room nor reads a box', async () => {
  server = await createSignalingServer()
  const room = await openRoomKeys(suite, SECRET)
  const log: RawFrame[] = []
  const [ada, bob] = [await enter('ada', room, log), await enter('bob', room, log)]
  await ada.tell(idOf('bob'), OFFER)
  const { box } = await bob.client.next('signal')
  const whole = [...log, ...ada.client.frames, ...bob.client.frames]
  expect(JSON.stringify(whole)).not.toContain('password')

  // He has keys of his own, and everything that was said.
  const pieces = piecesOf(whole)
  const joins = log.filter(({ t }) => t === 'join')
  expect([pieces.length > 10, joins.length, pieces.includes(String(box))]).toEqual([true, 2, true])
  for (const { pub, roomSig, devSig, peer } of joins) {
    expect(await tryToJoin(room, async () => ({ pub, roomSig, devSig, peer }))).toBe('bad-proof')
    const signers = { room: deviceKey('mallory'), device: deviceKey('mallory') }
    const own = (nonce: string) => proveJoin({ room: room.id, peer: idOf('mallory'), nonce }, signers)
    expect(await tryToJoin(room, async (nonce) => ({ ...(await own(nonce)), roomSig }))).toBe('bad-proof')
  }
  // Nothing in it is the secret, nor a key that opens the box, nor makes one that is taken.
  for (const piece of pieces.filter((text) => fromBase64url(text)?.length === 32)) {
    const guessed = await openRoomKeys(suite, piece)
    const sealings = [guessed.sealing, await suite.sealingKey(fromBase64url(piece) ?? new Uint8Array())]
    for (const sealing of sealings) {
      const asBob = createSignalBoxes({ suite, sealing, room: room.id, self: idOf('bob'), epoch: 9 })
      expect(await asBob.open(idOf('ada'), String(box))).toEqual({ ok: false, fault: 'signal-forged' })
      const asAda = createSignalBoxes({ suite, sealing, room: room.id, self: idOf('ada'), epoch: 9 })
      const forged = await asAda.seal(idOf('bob'), utf8(OFFER))
      expect(await bob.trust.open(idOf('ada'), forged)).toEqual({ ok: false, fault: 'signal-forged' })
    }
  }
  expect(await bob.trust.open(idOf('ada'), String(box))).toEqual({ ok: true, plain: utf8(OFFER) })
})
