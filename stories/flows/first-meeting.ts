import type { Flow } from '../stage/flow.types.ts'
import { isQuiet, reading, switchOn } from './deeds.ts'
import { head, lists } from './sights.ts'

const STREETS: Readonly<Record<string, string>> = { a: 'Harbor Street 3', b: 'Mill Lane 12', c: 'Station Road 7' }

export const firstMeeting: Flow = {
  title: 'First meeting',
  says: 'Three people worked apart, with no server in reach. Then there is one: their devices find each other, link directly, and everybody has everything.',
  stage: { peers: 3 },
  steps: [
    {
      says: 'Anna, Ben and Cleo each save a reading, with no server in reach.',
      deed: async (stage) => {
        const { world } = stage
        world.server.stop()
        await switchOn(stage)
        await Promise.all(
          world.devices.map(({ name, engine }, i) =>
            engine.put('reading', `meter-${i + 1}`, reading(`E-00471${i}`, 812 + 97 * i, STREETS[name] ?? '')),
          ),
        )
      },
      until: ({ world }) => world.devices.every(({ engine }) => engine.store.getStatus().outboxCount === 2),
      sees: async (screens) => {
        for (const device of ['a', 'b', 'c']) {
          await head(screens, device, 'Offline, saving here', '2 to send')
          await lists(screens, device, 1)
        }
      },
    },
    {
      says: 'The signaling server comes up, and their devices find it.',
      deed: ({ world }) => world.server.start(),
      until: ({ world }) => world.devices.every(({ engine }) => engine.store.getStatus().signalingConnected),
    },
    {
      says: 'Offer, answer, candidates: each two of them link directly.',
      until: ({ world }) => world.network.links === 3,
    },
    {
      says: 'Everything that was written reaches everybody.',
      until: isQuiet,
      sees: async (screens) => {
        for (const device of ['a', 'b', 'c']) {
          await head(screens, device, 'Connected to 2 devices', 'Nothing to send')
          await lists(screens, device, 3)
        }
      },
    },
  ],
}
