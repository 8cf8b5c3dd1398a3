import { LIMITS } from '#model/limits'
import { encodeCandidate } from '#wire/candidate-signal'
import { expect, test } from 'vitest'
import {
  AWAY,
  candidate,
  candidateOf,
  CONN,
  last,
  launch,
  offer,
  offerOf,
  settled,
} from '../../../tests/support/launched-transport.ts'

const LINE = 'candidate:1 1 udp 1 192.0.2.9 9 typ host'

test('candidates that overtake the description wait for it, in order', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  for (const port of [1, 2]) side.send({ type: 'transport.signal', signal: candidateOf(port) })
  await settled()
  expect(pc.candidates).toEqual([])
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  const line = (port: number) => expect.stringMatching(`^candidate:\\d+ 1 udp 1 192.0.2.9 ${port} typ host ufrag Away$`)
  expect(pc.candidates).toEqual(
    [1, 2].map((port) => ({ candidate: line(port), sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'Away' })),
  )
  expect(side.of('link.signal').map(({ signal }) => signal.kind)).toEqual(['answer'])
})

test('candidates of a session before or after wait for it, and are forgotten when another comes', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: offer })
  for (const ufrag of ['Past', 'Next']) side.send({ type: 'transport.signal', signal: candidateOf(7, ufrag) })
  await settled()
  expect(pc.candidates).toEqual([])
  side.send({ type: 'transport.signal', signal: offerOf({ ufrag: 'Next' }) })
  side.send({ type: 'transport.signal', signal: offerOf({ ufrag: 'Past' }) })
  await settled()
  expect(pc.candidates.map(({ usernameFragment }) => usernameFragment)).toEqual(['Next'])
  expect(side.of('link.refused')).toEqual([])
})

test('the word that no candidate follows is handed on', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  side.send({ type: 'transport.signal', signal: offer })
  const text = encodeCandidate({ ufrag: AWAY.ufrag, candidate: undefined })
  side.send({ type: 'transport.signal', signal: { ...candidate, candidate: text } })
  await settled()
  expect(pc.candidates).toEqual([{ candidate: '', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'Away' }])
})

test.each<[string, RTCIceCandidateInit]>([
  ['with its ufrag', { candidate: `${LINE} generation 0 ufrag Here network-cost 999` }],
  ['with the ufrag beside it', { candidate: LINE, usernameFragment: 'Here' }],
  ['without, as some Node stacks do', { candidate: `a=${LINE}`, usernameFragment: null }],
])('a candidate that the browser tells %s is told on', async (_, told) => {
  const { side, pc } = launch()
  await settled()
  pc.onicecandidate?.({ candidate: told })
  expect(last(side)).toEqual({ type: 'link.signal', signal: { ...candidateOf(9, 'Here'), connId: CONN } })
})

test.each([null, '', 'candidate:1 1 udp 1 example.org 9 typ host', `${LINE}\r\na=x`, `${LINE} ufrag !`])(
  'of a candidate such as %j the other side is told nothing',
  async (line) => {
    const { side, pc } = launch()
    await settled()
    const count = side.facts.length
    pc.onicecandidate?.({ candidate: line === null ? null : { candidate: line } })
    expect(side.facts).toHaveLength(count)
  },
)

test('candidates beyond the limit of one description are refused and counted', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  for (let i = 0; i < LIMITS.candidatesPerDescription + 2; i++)
    side.send({ type: 'transport.signal', signal: candidate })
  await settled()
  side.send({ type: 'transport.signal', signal: offer })
  await settled()
  expect(pc.candidates).toHaveLength(LIMITS.candidatesPerDescription)
  expect(side.of('link.refused')).toEqual([1, 2].map((count) => ({ type: 'link.refused', fault: 'wire-limit', count })))
})

test('a candidate that the browser refuses is counted, and the link goes on', async () => {
  const { side, pc } = launch({ role: 'answerer' })
  pc.addIceCandidate = () => Promise.reject(new Error('not a candidate'))
  side.send({ type: 'transport.signal', signal: offer })
  side.send({ type: 'transport.signal', signal: candidate })
  await settled()
  expect(last(side)).toEqual({ type: 'link.refused', fault: 'wire-malformed', count: 1 })
})
