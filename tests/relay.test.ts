import { afterEach, describe, expect, it } from 'vitest'
import { stageCryptos } from './support/relay-crypto.ts'
import { createLateRelay } from './support/relay-late.ts'
import { relayManners } from './support/relay-manners.ts'
import { createMemberRelay, type MemberRelay } from './support/relay-member.ts'
import { createOutsiderRelay } from './support/relay-outsider.ts'
import { createRelayStage, type RelayStage, type StageDevice } from './support/relay-stage.ts'

/** What each device wrote before they met. */
const SECRETS = ['ada tells this to bob alone', 'bob tells this to ada alone'] as const

let stage: RelayStage
let begun: MemberRelay | undefined
afterEach(async () => {
  await stage.stop()
  begun?.close()
  begun = undefined
})

const other = ({ engine }: StageDevice) => stage.devices.find((device) => device.engine !== engine)?.engine.peerId
/** What a device says of the other one. */
const seen = (device: StageDevice) => {
  const peer = device.engine.store.getStatus().peers.find(({ peerId }) => peerId === other(device))
  return { state: peer?.state, fault: peer?.fault }
}
const all = (state: string) => () => stage.devices.every((device) => seen(device).state === state)
const sitInAsMember = async (manner: keyof typeof relayManners = 'passOn'): Promise<MemberRelay> => {
  const { secret, seat, post, settle } = stage
  begun = await settle(createMemberRelay({ ...seat, secret, manner: relayManners[manner] }))
  post.sitIn(begun)
  return begun
}
const haveAll = () => stage.notes().every((notes) => SECRETS.every((words) => notes.includes(words)))
/** Each device has what it wrote itself, nobody confirmed any of it, and of the application's words nothing was seen. */
const expectNothingCrossed = (): void => {
  expect(stage.notes()).toEqual(SECRETS.map((words) => [words]))
  for (const { engine } of stage.devices)
    expect(engine.store.getStatus()).toMatchObject({ outboxCount: 1, lastSync: 0 })
}

describe.each(stageCryptos)('a relay between two engines, by $name', ({ makeCrypto }) => {
  describe('that has not the room’s secret', () => {
    it('gets nowhere: what it changes is refused as forged, no link opens, nothing crosses', async () => {
      stage = createRelayStage({ crypto: makeCrypto() })
      const relay = await stage.settle(createOutsiderRelay(stage.seat))
      stage.post.sitIn(relay)
      await stage.begin(SECRETS)
      await stage.pass(60_000)
      const boxes = stage.devices.flatMap((device) => device.boxes)
      expect(boxes.length).toBe(relay.made())
      expect(relay.made()).toBeGreaterThan(10)
      expect(new Set(boxes)).toEqual(new Set(['signal-forged']))
      expect(stage.frames()).toBe(0)
      expect(stage.devices.map(({ engine }) => engine.store.getStatus().signalingConnected)).toEqual([true, true])
      expectNothingCrossed()
      relay.close()
    })

    it('links them where it leaves everything as it is: the control', async () => {
      stage = createRelayStage({ crypto: makeCrypto() })
      stage.post.sitIn({ receive: stage.post.deliver })
      await stage.begin(SECRETS)
      await stage.until('both are connected', all('connected'))
      expect(new Set(stage.devices.flatMap(({ boxes }) => boxes))).toEqual(new Set(['opened']))
      expect(stage.frames()).toBeGreaterThan(4)
    })
  })

  describe('that has the room’s secret, and neither device’s key', () => {
    it.each([
      ['passes everything on', 'passOn', 'handshake-foreign'],
      ['makes the room’s part of each proof anew', 'proveAsRoom', 'handshake-forged'],
      ['gives both the other’s name and a key of its own', 'proveAsOther', 'handshake-forged'],
    ] as const)('is refused by both where it %s, and sees nothing', async (_, manner, fault) => {
      stage = createRelayStage({ crypto: makeCrypto() })
      const { tap, lines } = await sitInAsMember(manner)
      await stage.begin(SECRETS)
      await stage.until('both have refused', all('refused'))
      expect(stage.devices.map(seen)).toEqual([
        { state: 'refused', fault },
        { state: 'refused', fault },
      ])
      for (const { engine } of stage.devices) engine.retry()
      await stage.until('it was tried again', () => lines() > 1)
      await stage.until('and refused again', all('refused'))
      await stage.pass(10_000)
      expect(new Set(stage.devices.flatMap(({ boxes }) => boxes))).toEqual(new Set(['opened']))
      expect(new Set(tap.kinds)).toEqual(new Set(['hello', 'auth', 'bye']))
      for (const words of SECRETS) expect(tap.text()).not.toContain(words)
      expectNothingCrossed()
    })

    it('cannot step into a link that is up: another certificate ends it, and the next link is their own again', async () => {
      stage = createRelayStage({ crypto: makeCrypto() })
      const { secret, seat, post, settle } = stage
      const relay = await settle(createLateRelay({ ...seat, secret }))
      post.sitIn(relay)
      await stage.begin(SECRETS)
      await stage.until('both are connected', all('connected'))
      await settle(relay.stepIn())
      await stage.until('both say why it ended', () =>
        stage.devices.every((device) => seen(device).fault === 'fingerprint-changed'),
      )
      await stage.until('both are connected again', all('connected'))
      await stage.until('each has what the other wrote', haveAll)
      expect(relay.frames()).toBe(0)
      relay.close()
    })

    it('gets through, and reads everything, where the proofs say nothing of certificates: the control', async () => {
      stage = createRelayStage({ crypto: makeCrypto(), isBound: false })
      const { tap } = await sitInAsMember()
      await stage.begin(SECRETS)
      await stage.until('both believe that they are connected', all('connected'))
      await stage.until('each has what the other wrote', haveAll)
      expect(tap.kinds).toEqual(expect.arrayContaining(['hello', 'auth', 'entries']))
      for (const words of SECRETS) expect(tap.text()).toContain(words)
    })
  })
})
