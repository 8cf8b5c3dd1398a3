import { forgetAttempts, peer } from './sync-peer.setup.ts'

/** Who comes (back) to the roster had its reasons: attempts that were used up are worth making again. */
const renewal = { guard: 'isExhausted', actions: forgetAttempts } as const

/** Whether signaling can reach the device. A link that is up does not care. */
export const roster = peer.createStateConfig({
  description: 'Whether signals can be exchanged with the device.',
  initial: 'unlisted',
  states: {
    listed: {
      description: 'The device is in the signaling roster and can be sent signals.',
      tags: 'resting',
      on: { 'peer.absent': 'unlisted', 'peer.present': renewal },
    },
    unlisted: {
      description: 'The device is not in the roster, or the roster is out of reach.',
      tags: 'resting',
      on: { 'peer.present': [{ ...renewal, target: 'listed' }, { target: 'listed' }] },
    },
  },
})
