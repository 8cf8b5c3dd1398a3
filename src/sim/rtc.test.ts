import { sha256 } from '@noble/hashes/sha2.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { fieldsOfSdp, sdpOf } from '#wire/session-sdp'
import type { SessionFields } from '#wire/session'
import type { SimulatedChannel } from './data-channel.ts'
import { drained } from './drained.ts'
import { createHost, type Host } from './host.ts'
import { createNetwork, type Network, type Road } from './network.ts'
import type { SimulatedPeerConnection } from './peer-connection.ts'
import { createRandom } from './random.ts'
import { createRtc, type Rtc } from './rtc.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { createTrace } from './trace.ts'

interface End {
  readonly pc: SimulatedPeerConnection
  readonly channels: readonly [SimulatedChannel, SimulatedChannel]
  readonly states: string[]
  readonly heard: string[]
}

let timeline: Timeline
let network: Network
let rtc: Rtc
let hosts: Record<'a' | 'b', Host>
let log: string[]
const begin = (seed = 7, road: Partial<Road> = { latencyMs: 10, jitterMs: 0 }) => {
  timeline = createTimeline()
  network = createNetwork({ timeline, random: createRandom(seed), trace: createTrace(), road })
  rtc = createRtc(network)
  const hostOf = (name: string) => createHost({ name, timeline, wallNow: timeline.now })
  hosts = { a: hostOf('a'), b: hostOf('b') }
  log = []
}
beforeEach(() => begin())

const pass = async (ms: number) => {
  const end = timeline.now() + ms
  await drained()
  for (let next = timeline.nextAt(); next !== undefined && next <= end; next = timeline.nextAt()) {
    timeline.step()
    await drained()
  }
  timeline.skipTo(end)
}
const endAt = (name: 'a' | 'b'): End => {
  const pc = new (rtc.classFor(hosts[name], name))()
  const states: string[] = []
  const heard: string[] = []
  pc.onconnectionstatechange = () => void states.push(`${pc.connectionState}@${timeline.now()}`)
  const channel = (label: string, id: number): SimulatedChannel => {
    const made = pc.createDataChannel(label, { negotiated: true, id })
    made.onopen = () => void log.push(`${name} ${label} open`)
    made.onmessage = ({ data }) => {
      heard.push(String(data))
      log.push(`${name} hears ${String(data)}`)
    }
    return made
  }
  return { pc, channels: [channel('ctl', 0), channel('bulk', 1)], states, heard }
}
const pairUp = (): [End, End] => {
  const ends: [End, End] = [endAt('a'), endAt('b')]
  const [a, b] = ends
  const tell = (to: End) => (event: { candidate: RTCIceCandidateInit | null }) => {
    if (event.candidate) void to.pc.addIceCandidate(event.candidate).catch(() => undefined)
  }
  a.pc.onicecandidate = tell(b)
  b.pc.onicecandidate = tell(a)
  return ends
}
const descriptionOf = ({ pc }: End): RTCSessionDescriptionInit => pc.localDescription ?? { type: 'offer' }
const negotiate = async (from: End, to: End) => {
  const work = (async () => {
    await from.pc.setLocalDescription()
    await to.pc.setRemoteDescription(descriptionOf(from))
    await to.pc.setLocalDescription()
    await from.pc.setRemoteDescription(descriptionOf(to))
  })()
  await pass(50)
  await work
}
const restart = async (from: End, to: End) => {
  from.pc.restartIce()
  await negotiate(from, to)
}
const linked = async (): Promise<[End, End]> => {
  const ends = pairUp()
  await negotiate(...ends)
  await pass(200)
  expect(rtc.links).toBe(1)
  for (const { states } of ends) states.length = 0
  return ends
}
const setRoad = (open: boolean) => {
  for (const [from, to] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const)
    if (open) network.unblock(from, to)
    else network.block(from, to)
}
const kinds = ({ states }: End) => states.map((state) => state.split('@')[0])
const timeOf = ({ states }: End, kind: string) =>
  Number(states.find((state) => state.startsWith(kind))?.split('@')[1] ?? Number.NaN)
const say = ({ channels: [ctl] }: End, text: string) => ctl.send(text)

describe('opening', () => {
  test('one end is open up to half a round trip before the other, now this one and now that one', async () => {
    const leads: number[] = []
    for (let seed = 0; seed < 20; seed++) {
      begin(seed, { latencyMs: 100, jitterMs: 0 })
      const opened: number[] = []
      const ends = pairUp()
      ends.forEach(({ channels: [ctl] }, i) => {
        ctl.onopen = () => {
          opened[i] = timeline.now()
        }
      })
      await negotiate(...ends)
      await pass(2_000)
      leads.push((opened[1] ?? Number.NaN) - (opened[0] ?? Number.NaN))
    }
    expect(Math.max(...leads)).toBeGreaterThan(50)
    expect(Math.min(...leads)).toBeLessThan(-50)
    expect(leads.every((lead) => lead !== 0 && Math.abs(lead) <= 100)).toBe(true)
  })

  test('what is said to an end that is not open yet waits until all of its channels are', async () => {
    for (let seed = 0; seed < 10; seed++) {
      begin(seed, { latencyMs: 100, jitterMs: 0 })
      const ends = pairUp()
      for (const end of ends)
        end.channels[1].onopen = () => {
          log.push(`${end.pc.place} bulk open`)
          network.setRoad({ latencyMs: 1 })
          say(end, 'hello')
        }
      await negotiate(...ends)
      await pass(2_000)
      const [first, second] = log[0]?.startsWith('a') ? ['a', 'b'] : ['b', 'a']
      expect(log.filter((one) => one.startsWith(`${second}`))).toEqual([
        `${second} ctl open`,
        `${second} bulk open`,
        `${second} hears hello`,
      ])
      expect(log.slice(0, 2)).toEqual([`${first} ctl open`, `${first} bulk open`])
    }
  })

  test('an attempt that found no road has failed: the road alone brings nothing, new credentials do', async () => {
    setRoad(false)
    const ends = pairUp()
    await negotiate(...ends)
    await pass(30_000)
    expect(ends.map(kinds)).toEqual([['failed'], ['failed']])
    setRoad(true)
    await pass(30_000)
    expect([rtc.links, ...ends.map(kinds)]).toEqual([0, ['failed'], ['failed']])
    await restart(...ends)
    await pass(1_000)
    expect([rtc.links, ...ends.map((end) => kinds(end).at(-1))]).toEqual([1, 'connected', 'connected'])
  })
})

describe('a lost path', () => {
  test('is disconnected after 5 to 6 s, failed 16 to 18 s after the last packet', async () => {
    for (let seed = 0; seed < 10; seed++) {
      begin(seed)
      const ends = await linked()
      const cutAt = timeline.now()
      setRoad(false)
      await pass(40_000)
      for (const end of ends) {
        expect(kinds(end)).toEqual(['disconnected', 'failed'])
        expect(timeOf(end, 'disconnected') - cutAt).toBeGreaterThanOrEqual(5_000)
        expect(timeOf(end, 'disconnected') - cutAt).toBeLessThanOrEqual(6_000)
        expect(timeOf(end, 'failed') - cutAt).toBeGreaterThanOrEqual(16_000)
        expect(timeOf(end, 'failed') - cutAt).toBeLessThanOrEqual(18_000)
      }
    }
  })

  test('that comes back in time is found, and carries what was said meanwhile', async () => {
    const ends = await linked()
    setRoad(false)
    say(ends[0], 'meanwhile')
    await pass(10_000)
    setRoad(true)
    await pass(2_000)
    expect(ends.map(kinds)).toEqual([
      ['disconnected', 'connected'],
      ['disconnected', 'connected'],
    ])
    expect(ends[1].heard).toEqual(['meanwhile'])
  })

  test.each(['the first', 'the second'])('that failed is not found again, until %s end restarts ICE', async (which) => {
    const ends = await linked()
    setRoad(false)
    await pass(30_000)
    say(ends[0], 'meanwhile')
    setRoad(true)
    await pass(60_000)
    expect([...ends.map(kinds), ends[1].heard]).toEqual([['disconnected', 'failed'], ['disconnected', 'failed'], []])
    await (which === 'the first' ? restart(...ends) : restart(ends[1], ends[0]))
    await pass(2_000)
    for (const end of ends) expect(kinds(end)).toEqual(['disconnected', 'failed', 'connecting', 'connected'])
    expect(ends[1].heard).toEqual(['meanwhile'])
  })

  test('that failed at one end is lost for the other too', async () => {
    const ends = await linked()
    setRoad(false)
    await pass(15_000)
    while (!ends.some((end) => kinds(end).includes('failed'))) await pass(1)
    expect(ends.filter((end) => kinds(end).includes('failed'))).toHaveLength(1)
    setRoad(true)
    await pass(5_000)
    expect(ends.map(kinds)).toEqual([
      ['disconnected', 'failed'],
      ['disconnected', 'failed'],
    ])
  })

  test('a negotiation without new credentials revives nothing', async () => {
    const ends = await linked()
    setRoad(false)
    await pass(30_000)
    setRoad(true)
    await negotiate(...ends)
    await pass(5_000)
    expect(ends.map((end) => kinds(end).at(-1))).toEqual(['failed', 'failed'])
  })

  test('a page that stood still meanwhile learns of the loss and of the return', async () => {
    const ends = await linked()
    hosts.a.freeze()
    setRoad(false)
    await pass(10_000)
    setRoad(true)
    await pass(2_000)
    hosts.a.thaw()
    await pass(0)
    expect(kinds(ends[0])).toEqual(['disconnected', 'connected'])
  })

  test('an end that vanished takes nothing more: what the other says stays in its buffer', async () => {
    const ends = await linked()
    rtc.vanishLinks('b')
    say(ends[0], 'hello')
    await pass(1_000)
    expect([ends[0].channels[0].bufferedAmount, ends[1].heard]).toEqual([5, []])
  })
})

describe('another address', () => {
  test.each(['the one that moved', 'the other'])(
    'kills the path though the road is open, until %s restarts',
    async (who) => {
      const ends = await linked()
      rtc.moveAddress(hosts.a)
      for (const end of ends) say(end, 'meanwhile')
      await pass(8_000)
      expect(network.isOpen('a', 'b')).toBe(true)
      expect([...ends.map(kinds), ends.map(({ heard }) => heard)]).toEqual([
        ['disconnected'],
        ['disconnected'],
        [[], []],
      ])
      await (who === 'the other' ? restart(ends[1], ends[0]) : restart(...ends))
      await pass(2_000)
      expect([...ends.map(kinds), ends.map(({ heard }) => heard)]).toEqual([
        ['disconnected', 'connected'],
        ['disconnected', 'connected'],
        [['meanwhile'], ['meanwhile']],
      ])
    },
  )

  test('a restart at once goes unnoticed', async () => {
    const ends = await linked()
    rtc.moveAddress(hosts.a)
    await restart(...ends)
    say(ends[0], 'hello')
    await pass(30_000)
    expect([...ends.map(kinds), ends[1].heard]).toEqual([[], [], ['hello']])
  })

  test('without a restart the link fails', async () => {
    const ends = await linked()
    rtc.moveAddress(hosts.a)
    await pass(20_000)
    for (const end of ends) expect(kinds(end)).toEqual(['disconnected', 'failed'])
  })

  test('an offer made at the old address leads nowhere; one made at the new address does', async () => {
    const ends = pairUp()
    const told: RTCIceCandidateInit[] = []
    ends[0].pc.onicecandidate = ({ candidate }) => void (candidate && told.push(candidate))
    void ends[0].pc.setLocalDescription()
    await pass(50)
    rtc.moveAddress(hosts.a)
    const answering = (async () => {
      await ends[1].pc.setRemoteDescription(descriptionOf(ends[0]))
      for (const candidate of told) await ends[1].pc.addIceCandidate(candidate)
      await ends[1].pc.setLocalDescription()
      await ends[0].pc.setRemoteDescription(descriptionOf(ends[1]))
    })()
    await pass(50)
    await answering
    ends[0].pc.onicecandidate = ({ candidate }) => void (candidate && ends[1].pc.addIceCandidate(candidate))
    await pass(5_000)
    expect(rtc.links).toBe(0)
    await restart(...ends)
    await pass(1_000)
    expect(rtc.links).toBe(1)
  })

  test('candidates of the old generation do not carry the new one', async () => {
    const ends = await linked()
    rtc.moveAddress(hosts.a)
    for (const { pc } of ends) pc.onicecandidate = null
    await restart(...ends)
    await pass(2_000)
    say(ends[0], 'hello')
    await pass(5_000)
    expect(ends[1].heard).toEqual([])
  })
})

describe('who is at the other end', () => {
  const sessionOf = (end: End): SessionFields => {
    const parsed = fieldsOfSdp(descriptionOf(end).sdp ?? '')
    if (!parsed.ok) throw new Error(parsed.reason)
    return parsed.session
  }
  const shown = ({ pc }: End) => pc.sctp.transport.getRemoteCertificates().map((bytes) => sha256(new Uint8Array(bytes)))
  type Change = (session: SessionFields) => SessionFields
  /** Signaling that changes what it carries. */
  const meet = async (from: End, to: End, change: Change) => {
    const told = (end: End, type: 'offer' | 'answer') => ({ type, sdp: sdpOf(change(sessionOf(end)), type) })
    const work = (async () => {
      await from.pc.setLocalDescription()
      await to.pc.setRemoteDescription(told(from, 'offer'))
      await to.pc.setLocalDescription()
      await from.pc.setRemoteDescription(told(to, 'answer'))
    })()
    await pass(50)
    await work
    await pass(1_000)
  }
  const another: Change = (session) => ({ ...session, fingerprint: session.fingerprint.map((byte) => byte ^ 1) })

  test('is told by a certificate, that of its description, another for each and the same for the same seed', async () => {
    const seen: string[] = []
    for (const seed of [7, 7, 8]) {
      begin(seed)
      const [a, b] = await linked()
      expect([shown(a), shown(b)]).toEqual([[sessionOf(b).fingerprint], [sessionOf(a).fingerprint]])
      seen.push(String(sessionOf(a).fingerprint), String(sessionOf(b).fingerprint))
    }
    expect(seen.slice(0, 2)).toEqual(seen.slice(2, 4))
    expect(new Set(seen).size).toBe(4)
  })

  test('is nobody before the link is open', async () => {
    const ends = pairUp()
    expect(ends.map(shown)).toEqual([[], []])
  })

  test('must have the certificate that was named: where signaling names another, both ends fail', async () => {
    const ends = pairUp()
    await meet(...ends, another)
    expect([rtc.links, ...ends.map(kinds)]).toEqual([0, ['failed'], ['failed']])
    expect(log).toEqual([])
  })

  test('must have the password that was named: ICE finds nobody otherwise', async () => {
    const ends = pairUp()
    await meet(...ends, (session) => ({ ...session, pwd: session.pwd.toLowerCase() }))
    expect([rtc.links, log]).toEqual([0, []])
  })

  test('may not become another one: a link whose certificate is renamed breaks', async () => {
    const ends = await linked()
    await meet(...ends, another)
    expect([rtc.links, ...ends.map(kinds)]).toEqual([0, ['failed'], ['failed']])
  })

  test('can be a relay with ends of its own, whose certificates both see', async () => {
    const [a, inner] = await linked()
    const [outer, b] = pairUp()
    await negotiate(outer, b)
    await pass(200)
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const)
      from.channels[0].onmessage = ({ data }) => say(to, String(data))
    say(a, 'from a')
    say(b, 'from b')
    await pass(200)
    expect([a.heard, b.heard]).toEqual([['from b'], ['from a']])
    expect([shown(a), shown(b)]).toEqual([[sessionOf(inner).fingerprint], [sessionOf(outer).fingerprint]])
    expect(shown(a)).not.toEqual([sessionOf(b).fingerprint])
  })
})
