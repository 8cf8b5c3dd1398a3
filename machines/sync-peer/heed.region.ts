import { peer } from './sync-peer.setup.ts'

/** Whether the device may call us to an attempt out of turn, so that no storm of signals or news of it outruns the backoff. */
export const heed = peer.createStateConfig({
  description: 'Whether the device may start an attempt before its time, by a signal or by its coming.',
  initial: 'ready',
  states: {
    ready: {
      description: 'If the device comes, or asks for a link by a signal, it gets an attempt at once.',
      tags: 'resting',
      always: [
        { guard: 'isHastened', target: 'spent' },
        { guard: 'isWelcomed', target: 'greeted' },
      ],
    },
    greeted: {
      description: 'The device came a moment ago and got its attempt; a signal that asks for a link still gets one.',
      always: { guard: 'isHastened', target: 'spent' },
      after: { heed: 'ready' },
    },
    spent: {
      description: 'The device had its way a moment ago; until it may again, attempts follow our own pace.',
      after: { heed: 'ready' },
    },
  },
})
