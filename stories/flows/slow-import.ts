import { userEvent, within } from 'storybook/test'
import type { Flow } from '../stage/flow.types.ts'
import { isQuiet, records, switchOn } from './deeds.ts'
import { goTo, head, lists, press, says } from './sights.ts'

const ROWS = 3_000
const STREETS = ['Harbor Street', 'Mill Lane', 'Station Road', 'Upper Weir', 'Canal Side']

/** A sheet of meters as offices hand them out. */
const sheet = (): File => {
  const rows = Array.from({ length: ROWS }, (_, i) => {
    const meter = `E-${String(100_000 + ((i * 7_919) % 900_000))}`
    return [`m-${i + 1}`, meter, `${STREETS[i % STREETS.length]} ${1 + ((i * 13) % 140)}`, 1_000 + ((i * 37) % 9_000)]
  })
  const text = [['id', 'meter', 'address', 'value'], ...rows].map((row) => row.join(',')).join('\n')
  return new File([text], 'meters.csv', { type: 'text/csv' })
}

export const slowImport: Flow = {
  title: 'Import of 3,000 rows on a slow link',
  says: 'An office sheet is saved on one device first, then crosses a link of five kilobytes a second. Both people see how far it is.',
  stage: { peers: 2, road: { latencyMs: 150, bytesPerSecond: 5_000 } },
  steps: [
    {
      says: 'Anna and Ben are linked, over a slow road.',
      deed: switchOn,
      until: isQuiet,
    },
    {
      says: 'Anna opens the sheet, and sees what is in it.',
      hand: async (screens) => {
        await goTo(screens, 'a', 'import')
        await userEvent.upload(await within(screens('a')).findByTestId('import-input'), sheet())
        await within(screens('a')).findByTestId('import-start')
      },
      until: () => true,
      sees: (screens) => says(screens, 'a', 'Import 3,000 rows'),
      isPassing: true,
    },
    {
      says: 'She starts the import: batch by batch it is saved on her device.',
      hand: (screens) => press(screens, 'a', 'import-start'),
      until: (stage) => records(stage, 'a').length >= 1_000,
      sees: (screens) => says(screens, 'a', /of 3,000 rows saved on this device/),
      isPassing: true,
    },
    {
      says: 'All is saved here; most of it is still to be sent.',
      until: (stage) => records(stage, 'a').length === ROWS,
      sees: async (screens) => {
        await says(screens, 'a', '3,000 rows imported')
        await head(screens, 'a', 'Connected to 1 device', 'to send')
      },
    },
    {
      says: 'Half of it is on Ben’s device, and can be used there.',
      until: (stage) => records(stage, 'b').length >= ROWS / 2,
      sees: (screens) => head(screens, 'a', 'Connected to 1 device', 'to send'),
    },
    {
      says: 'Everything is on both devices.',
      until: (stage) => records(stage, 'b').length === ROWS && stage.world.isQuiet(),
      sees: async (screens) => {
        await lists(screens, 'b', ROWS)
        await head(screens, 'a', 'Connected to 1 device', 'Nothing to send')
      },
    },
  ],
}
