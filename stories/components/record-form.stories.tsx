import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn } from 'storybook/test'
import { RecordForm } from '../../src/demo/parts/record-form.tsx'
import { kindOf } from '../../src/demo/records/kinds.ts'
import { ARABIC, readings, record } from '../support/people.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const [reading] = readings(1)

/** The form alone; its states within the dialog stand under RecordDialog. */
const meta = {
  title: 'Components/RecordForm',
  component: RecordForm,
  args: {
    kind: kindOf('reading'),
    record: reading,
    id: 'm-1',
    onDirty: fn(),
    onDone: fn(),
    onRemoved: fn(),
  },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RecordForm>
export default meta
type Story = StoryObj<typeof meta>

export const Known: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Delete' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Delete on all devices' }))
    await expect(args.onRemoved).toHaveBeenCalledOnce()
  },
}
export const Saving: Story = {
  parameters: { engine: { methods: { put: () => new Promise(() => {}) } } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByLabelText('Address'), ' 2')
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(canvas.getByRole('button', { name: 'Saving…' })).toBeDisabled()
  },
}
/** A record of an imported list: its fields are what the file had. */
export const Imported: Story = {
  args: {
    kind: kindOf('airports'),
    id: 'ZRH',
    record: record('airports', 'ZRH', { name: 'Zürich', elevation: 432, open: true, runways: [10, 14, 16] }),
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { args: { record: ARABIC, id: 'm-ar' }, ...rightToLeft }
