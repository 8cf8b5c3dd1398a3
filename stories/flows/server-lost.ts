import type { Flow } from '../stage/flow.types.ts'
import { isQuiet, reading, records, switchOn } from './deeds.ts'
import { head, lists } from './sights.ts'

export const serverLost: Flow = {
  title: 'Server lost and found',
  says: 'The signaling server is needed to find each other, and for nothing else: devices that are linked go on without it.',
  stage: { peers: 2 },
  steps: [
    {
      says: 'Anna and Ben are linked, with the server in reach.',
      deed: switchOn,
      until: isQuiet,
      sees: async (screens) => {
        for (const device of ['a', 'b']) await head(screens, device, 'Connected to 1 device')
      },
    },
    {
      says: 'The server dies. Their link does not.',
      deed: ({ world }) => world.server.stop(),
      until: ({ world }) => world.devices.every(({ engine }) => !engine.store.getStatus().signalingConnected),
      sees: async (screens) => {
        for (const device of ['a', 'b']) await head(screens, device, 'Connected to 1, no server')
      },
    },
    {
      says: 'Ben saves a reading, and Anna has it.',
      deed: (stage) => stage.engine('b').put('reading', 'meter-1', reading('E-004711', 909, 'Mill Lane 12')),
      until: (stage) => records(stage, 'a').length === 1 && stage.world.isQuiet(),
      sees: async (screens) => {
        await lists(screens, 'a', 1)
        await head(screens, 'b', 'no server', 'Nothing to send')
      },
    },
    {
      says: 'The server is back, and is found again after a pause.',
      deed: ({ world }) => world.server.start(),
      until: ({ world }) => world.devices.every(({ engine }) => engine.store.getStatus().signalingConnected),
      sees: async (screens) => {
        for (const device of ['a', 'b']) await head(screens, device, 'Connected to 1 device')
      },
    },
  ],
}
