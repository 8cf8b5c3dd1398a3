import { peer } from './sync-peer.setup.ts'

/** Whether the device may call us to an attempt out of turn, so that no storm of signals outruns the backoff. */
export const heed = peer.createStateConfig({
  description: 'Whether a signal of the device may start an attempt before its time.',
  initial: 'ready',
  states: {
    ready: {
      description: 'The next signal that asks for a link gets one at once.',
      tags: 'resting',
      always: { guard: 'isHastened', target: 'spent' },
    },
    spent: {
      description: 'The device had its way a moment ago; until it may again, attempts follow our own pace.',
      after: { heed: 'ready' },
    },
  },
})
