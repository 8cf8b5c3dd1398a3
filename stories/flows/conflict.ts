import { userEvent, within } from 'storybook/test'
import type { Flow } from '../stage/flow.types.ts'
import { conflicts, isQuiet } from './deeds.ts'
import { meetAgain, outOfReach, sameReading } from './same-reading.ts'
import { goTo, says, shows } from './sights.ts'

export const conflict: Flow = {
  title: 'Conflict made, shown, resolved',
  says: 'Two people write different values into one field without knowing of each other. Neither is lost, both see both, and one of them decides for all.',
  stage: { peers: 2 },
  steps: [
    sameReading(async (screens) => {
      await goTo(screens, 'b', 'reading')
      await says(screens, 'b', '812 kWh')
    }),
    outOfReach(
      'Out of reach of each other, both correct it: Anna to 815, Ben to 851.',
      (stage) => [
        stage.engine('a').put('reading', 'meter-1', { value: 815 }),
        stage.engine('b').put('reading', 'meter-1', { value: 851 }),
      ],
      async (screens) => {
        for (const device of ['a', 'b']) await goTo(screens, device, 'reading')
        await says(screens, 'a', '815 kWh')
        await says(screens, 'b', '851 kWh')
      },
    ),
    meetAgain('They meet again, and both see that there are two values.', async (screens) => {
      for (const device of ['a', 'b']) {
        await goTo(screens, device, 'conflicts')
        await says(screens, device, '815')
        await says(screens, device, '851')
      }
    }),
    {
      says: 'Ben looks at the meter once more, and keeps 851.',
      hand: async (screens) => {
        await goTo(screens, 'b', 'conflicts')
        const option = await within(screens('b')).findByText('851')
        const row = option.closest('li')
        if (!row) throw new Error('851 is no choice.')
        await userEvent.click(within(row).getByRole('button', { name: 'Use this' }))
      },
      until: (stage) => conflicts(stage, 'a') === 0 && conflicts(stage, 'b') === 0 && isQuiet(stage),
      sees: async (screens) => {
        for (const device of ['a', 'b']) {
          await goTo(screens, device, 'reading')
          await says(screens, device, '851 kWh')
          await shows(() => {
            if (within(screens(device)).queryByText('Conflict')) throw new Error(`${device} still shows a conflict`)
          })
        }
      },
    },
  ],
}
