import type { Flow } from '../stage/flow.types.ts'
import { isQuiet, peer, reading, records, switchOn } from './deeds.ts'
import { goTo, head, lists, says, toSend } from './sights.ts'

export const frozenTab: Flow = {
  title: 'Tab frozen and back',
  says: 'The browser freezes a tab in the background: its link stays open, but nobody answers. The other device notices, keeps what it wrote, and nobody has to do anything.',
  stage: { peers: 2 },
  steps: [
    {
      says: 'Anna and Ben are linked.',
      deed: switchOn,
      until: isQuiet,
      sees: (screens) => head(screens, 'a', 'Connected to 1 device'),
    },
    {
      says: 'Ben’s browser freezes his tab, and Anna’s device notices the silence.',
      deed: ({ world }) => world.device('b').freeze(),
      until: (stage) => peer(stage, 'a', 'b')?.state !== 'connected',
      sees: async (screens) => {
        await goTo(screens, 'a', 'devices')
        await says(screens, 'a', /Repairing the connection|Connecting|Trying again shortly/)
      },
    },
    {
      says: 'Anna saves a reading: it waits for him.',
      deed: (stage) => stage.engine('a').put('reading', 'meter-1', reading('E-004711', 812, 'Harbor Street 3')),
      until: (stage) => stage.now().devices['a']?.status.outboxCount === 1,
      sees: async (screens) => {
        await toSend(screens, 'a', '1 to send')
        await lists(screens, 'b', 0)
      },
    },
    {
      says: 'Ben comes back to his tab: the link is made anew, and he has it.',
      deed: ({ world }) => world.device('b').thaw(),
      until: (stage) => stage.world.isQuiet() && records(stage, 'b').length === 1,
      sees: async (screens) => {
        await lists(screens, 'b', 1)
        await head(screens, 'a', 'Connected to 1 device', 'Nothing to send')
      },
    },
  ],
}
