import { expect } from 'vitest'
import type { Signal } from '#wire/signal'
import { MAX_ATTEMPTS } from '../../machines/kit/timings.ts'
import { signalingMachine } from '../../machines/signaling/signaling.machine.ts'
import { signalingView } from '../../machines/signaling/signaling.view.ts'
import { type Scenario, scenario } from './scenario.ts'

/** Signaling in a scenario, and the steps that most of its scenarios share. */
export type Run = Scenario<typeof signalingMachine>

export const url = 'wss://signal.example.org'
export const signal: Signal = { kind: 'nudge', epoch: 1 }
export const start = (input: { url?: string | null; seed?: number } = {}): Run =>
  scenario(signalingMachine, { url, room: 'room', peerId: 'ann', seed: 1, ...input })

export const goOnline = (run: Run): void => {
  run.send({ type: 'socket.opened' })
  run.send({ type: 'socket.joined', peers: ['bob'] })
}
export const lose = (run: Run): void => run.send({ type: 'socket.closed', fault: 'signaling-unreachable' })
export const view = (run: Run) => signalingView(run.snapshot())
export const waitMs = (run: Run): number => view(run).retryInMs ?? Number.NaN
export const sockets = (run: Run) => run.children.length
/** Lets the present wait pass, but for its last millisecond; then that one too. */
export const passWait = (run: Run): void => {
  run.clock.increment(waitMs(run) - 1)
  expect(view(run).state).toBe('waiting')
  run.clock.increment(1)
}
export const exhaust = (run: Run): void => {
  for (let i = 0; i < MAX_ATTEMPTS.signaling; i++) {
    lose(run)
    if (view(run).state === 'waiting') passWait(run)
  }
}
