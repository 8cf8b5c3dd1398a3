import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { ImportChoice } from '../../src/demo/import/import-choice.tsx'
import { fileOf, PLAN, SURVEY } from '../support/survey.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

/** Its further states, such as files with bad rows, stand under ImportScreen. */
const meta = {
  title: 'Components/ImportChoice',
  component: ImportChoice,
  args: {
    file: fileOf(SURVEY),
    types: ['reading', 'work-order', 'airports'],
    planOf: () => PLAN,
    onStart: fn(),
    onBack: fn(),
  },
  decorators: [onScreen],
} satisfies Meta<typeof ImportChoice>
export default meta
type Story = StoryObj<typeof meta>

export const Guessed: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByTestId('import-start'))
    await expect(args.onStart).toHaveBeenCalledWith({ resourceType: 'reading', idColumn: 'meter' })
  },
}
export const IdsMade: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.selectOptions(canvas.getByTestId('import-id'), '(make ids)')
    await userEvent.click(canvas.getByTestId('import-start'))
    await expect(args.onStart).toHaveBeenCalledWith({ resourceType: 'reading', idColumn: undefined })
  },
}
export const NoName: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.clear(canvas.getByTestId('import-type'))
    await expect(canvas.getByTestId('import-start')).toBeDisabled()
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
