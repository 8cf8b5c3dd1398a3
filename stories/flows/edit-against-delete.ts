import type { Flow } from '../stage/flow.types.ts'
import { userEvent, within } from 'storybook/test'
import { conflicts, isQuiet } from './deeds.ts'
import { meetAgain, outOfReach, sameReading } from './same-reading.ts'
import { goTo, lists, says } from './sights.ts'

export const editAgainstDelete: Flow = {
  title: 'Edit against delete',
  says: 'One person deletes what another one edits. The record stays, with a flag, until somebody says which of the two was meant.',
  stage: { peers: 2 },
  steps: [
    sameReading(async (screens) => {
      await goTo(screens, 'b', 'reading')
      await lists(screens, 'b', 1)
    }),
    outOfReach(
      'Out of reach of each other, Anna deletes it, and Ben adds a note.',
      (stage) => [
        stage.engine('a').remove('reading', 'meter-1'),
        stage.engine('b').put('reading', 'meter-1', { note: 'Seal is broken' }),
      ],
      async (screens) => {
        for (const device of ['a', 'b']) await goTo(screens, device, 'reading')
        await lists(screens, 'a', 0)
        await lists(screens, 'b', 1)
      },
    ),
    meetAgain('They meet again: the edit brings it back, and both are told.', async (screens) => {
      for (const device of ['a', 'b']) {
        await goTo(screens, device, 'reading')
        await lists(screens, device, 1)
        await goTo(screens, device, 'conflicts')
        await says(screens, device, 'One device deleted this reading while another edited it.')
        await says(screens, device, 'Seal is broken')
      }
    }),
    {
      says: 'Anna did not know of the note, and keeps the record.',
      hand: async (screens) => {
        await goTo(screens, 'a', 'conflicts')
        await userEvent.click(await within(screens('a')).findByRole('button', { name: 'Keep the record' }))
      },
      until: (stage) => conflicts(stage, 'a') === 0 && conflicts(stage, 'b') === 0 && isQuiet(stage),
      sees: async (screens) => {
        for (const device of ['a', 'b']) {
          await goTo(screens, device, 'reading')
          await lists(screens, device, 1)
        }
      },
    },
  ],
}
