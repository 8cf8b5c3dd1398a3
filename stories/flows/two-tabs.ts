import type { Flow } from '../stage/flow.types.ts'
import { within } from 'storybook/test'
import { isQuiet, reading, records, switchOn } from './deeds.ts'
import { head, lists, says, shows } from './sights.ts'

const standsBy = (screens: Parameters<typeof says>[0], device: string) =>
  shows(() => void within(screens(device)).getByTestId('standby'))

export const twoTabs: Flow = {
  title: 'Two tabs, one leader',
  says: 'Anna opens the field book twice. One tab writes, the other one waits, and takes over by itself when the first one is closed, as the same device.',
  stage: { peers: 3, tabs: { c: 'a' } },
  people: { a: 'Anna, first tab', b: 'Ben', c: 'Anna, second tab' },
  steps: [
    {
      says: 'Both tabs of Anna are open: the first one leads, the second one stands by.',
      deed: switchOn,
      until: isQuiet,
      sees: async (screens) => {
        await head(screens, 'a', 'Connected to 1 device')
        await head(screens, 'b', 'Connected to 1 device')
        await standsBy(screens, 'c')
      },
    },
    {
      says: 'She saves a reading in the first tab.',
      deed: (stage) => stage.engine('a').put('reading', 'meter-1', reading('E-004711', 812, 'Harbor Street 3')),
      until: (stage) => stage.world.isQuiet() && records(stage, 'b').length === 1,
      sees: (screens) => lists(screens, 'b', 1),
    },
    {
      says: 'She closes the first tab: the second one takes the lock, and the log.',
      deed: ({ world }) => world.device('a').stop(),
      until: (stage) => stage.at('c').state === 'running' && records(stage, 'c').length === 1 && stage.world.isQuiet(),
      sees: async (screens) => {
        await lists(screens, 'c', 1)
        await head(screens, 'c', 'Connected to 1 device')
      },
    },
    {
      says: 'What she writes there is written by the same device, for Ben.',
      deed: (stage) => stage.engine('c').put('reading', 'meter-1', { value: 815 }),
      until: (stage) => stage.world.isQuiet(),
      sees: async (screens) => {
        await says(screens, 'b', '815 kWh')
        await head(screens, 'b', 'Connected to 1 device')
      },
    },
    {
      says: 'She opens the first tab again: now it is the one that waits.',
      deed: ({ world }) => world.device('a').start(),
      until: (stage) => stage.now().devices['a']?.state === 'standby',
      sees: (screens) => standsBy(screens, 'a'),
    },
  ],
}
