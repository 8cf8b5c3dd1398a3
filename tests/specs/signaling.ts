import type { Signal } from '#wire/signal'
import { signalingLaws } from '../../machines/signaling/signaling.laws.ts'
import { signalingMachine } from '../../machines/signaling/signaling.machine.ts'
import { signalingView } from '../../machines/signaling/signaling.view.ts'
import { specOf } from '../support/machine-spec.ts'

const device = { room: 'room', peerId: 'ann', seed: 1 }
const url = 'wss://signal.example.org'
const signal: Signal = { kind: 'nudge', epoch: 1 }

export const spec = specOf<typeof signalingMachine>({
  machine: signalingMachine,
  inputs: [
    { ...device, url },
    { ...device, url: null },
  ],
  samples: {
    'signaling.send': [{ type: 'signaling.send', to: 'bob', signal }],
    'signaling.setUrl': [url, 'wss://other.example.org', null].map((each) => ({ type: 'signaling.setUrl', url: each })),
    'socket.joined': [{ type: 'socket.joined', peers: ['bob'] }],
    'socket.peerJoined': [{ type: 'socket.peerJoined', peerId: 'bob' }],
    'socket.peerLeft': [{ type: 'socket.peerLeft', peerId: 'bob', why: 'timeout' }],
    'socket.signal': [{ type: 'socket.signal', from: 'bob', signal }],
    'socket.peerGone': [{ type: 'socket.peerGone', peerId: 'bob' }],
    'socket.refused': [
      { type: 'socket.refused', fault: 'signaling-replaced', final: true, retryMs: 0 },
      { type: 'socket.refused', fault: 'signaling-full', final: false, retryMs: 5_000 },
      { type: 'socket.refused', fault: 'signaling-refused', final: false, retryMs: Number.MAX_SAFE_INTEGER },
    ],
    'socket.draining': [
      { type: 'socket.draining', retryMs: 3_000 },
      { type: 'socket.draining', retryMs: -1 },
    ],
    'socket.closed': [{ type: 'socket.closed', fault: 'signaling-unreachable' }],
    'page.woke': [
      { type: 'page.woke', gapMs: 1_000 },
      { type: 'page.woke', gapMs: 600_000 },
    ],
  },
  laws: signalingLaws,
  view: signalingView,
  rests: { 'signaling.up.online': 'in the room, until the server or the network ends it' },
  rarely: /^(signaling\.setUrl|socket\.refused)/,
  // which server, which number and which fault make no difference to what can happen next
  identify: ({ context: { url, attempt, malformed, retryMs, fault }, children }) => ({
    attempt,
    malformed,
    hasUrl: url !== null,
    isHeld: retryMs > 0,
    hasFault: fault !== null,
    children: Object.keys(children),
  }),
  // between the second failure and the last every rung of the ladder is alike: only the way up is taken there
  focus: ({ context: { attempt }, value }, { type }) =>
    attempt <= 1 || value === 'gaveUp' || type === 'socket.closed' || type.startsWith('xstate.after.backoff'),
})
