import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { relayManners } from '../support/relay-manners.ts'
import { createMemberRelay, type MemberRelay } from '../support/relay-member.ts'
import type { BoxUnderWay } from '../support/relay-post.ts'
import { converge, linked, openPair, type Pair } from './support/bad-server.ts'
import { idOf, wordsAbout } from './support/company.ts'
import { openDevice } from './support/device.ts'
import { put, until, view } from './support/field.ts'
import { type Liar, openLiar, truth } from './support/liar.ts'
import { type OtherField, openOtherField } from './support/other-field.ts'
import { peerConnectionsIn } from './support/relay-page.ts'
import { startProgram } from './support/server.ts'

const ROOM = 'the room that somebody else knows too'
const NOTES = ['what the first keeps to itself', 'what the second keeps to itself'] as const

let field: OtherField
let liar: Liar
beforeEach(async () => {
  field = await openOtherField()
  liar = await openLiar((await startProgram('signal')).port)
})
afterEach(async () => {
  await field.close()
  await liar.close()
})

const deliver = ({ from, to, box }: BoxUnderWay): void => {
  for (const line of liar.lines) if (line.peer === to) line.say({ t: 'signal', from, id: 1, box })
}
/** A relay in a browser of its own, between the devices and their server; it knows the room's secret. */
const sitInBetween = async (manner: keyof typeof relayManners): Promise<MemberRelay> => {
  const { page } = await openDevice('relay', 'about:blank')
  const relay = await createMemberRelay({
    suite: createWebCrypto(),
    secret: ROOM,
    post: { deliver },
    PeerConnection: await peerConnectionsIn(page),
    manner: relayManners[manner],
  })
  liar.lie((frame, line) =>
    frame.t === 'signal'
      ? relay.receive({ from: String(frame['from']), to: line.peer, box: String(frame['box']) })
      : line.say(frame),
  )
  return relay
}
const refuses = (device: Pair[number]) =>
  until(
    device,
    'refuses the other device',
    () => window.fieldmesh?.engine.store.getStatus().peers[0]?.state === 'refused',
    null,
  )

test.each(['passOn', 'proveAsRoom'] as const)(
  'the app on two devices refuses whoever sits in between with the room’s secret (%s), says so, and links once he is gone',
  async (manner) => {
    const relay = await sitInBetween(manner)
    const pair = await openPair(field, liar.port, ['a', 'b'], ROOM)
    await Promise.all(pair.map((device, i) => put(device, `note-${i}`, { place: NOTES[i] ?? '' })))
    await Promise.all(pair.map(refuses))
    expect(relay.lines()).toBeGreaterThan(0)
    expect(relay.tap.kinds).toEqual(expect.arrayContaining(['hello', 'auth']))
    expect(['hello', 'auth', 'bye']).toEqual(expect.arrayContaining([...relay.tap.kinds]))
    const views = await Promise.all(pair.map(view))
    for (const [i, note] of NOTES.entries()) {
      expect(relay.tap.text()).not.toContain(note)
      expect(views.map((seen) => seen.includes(note))).toEqual(pair.map((_, j) => i === j))
    }
    const [a, b] = pair
    const words = [await wordsAbout(a, b), await wordsAbout(b, a)]
    // Whoever looked first says goodbye; the other may hear that before it has looked itself.
    const fault = manner === 'passOn' ? 'handshake-foreign' : 'handshake-forged'
    expect(words.map((each) => each.fault)).toContain(fault)
    expect([fault, 'link-closed']).toEqual(expect.arrayContaining(words.map((each) => each.fault)))

    liar.lie(truth)
    for (const device of pair) await device.page.evaluate(() => window.fieldmesh?.engine.retry())
    await linked(pair)
    await converge(pair)
    expect(await idOf(a)).not.toBe(await idOf(b))
    for (const note of NOTES) expect(await view(a)).toContain(note)
    relay.close()
  },
)
