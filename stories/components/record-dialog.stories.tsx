import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, within } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import { RecordDialog } from '../../src/demo/parts/record-dialog.tsx'
import { ARABIC, BEN, LONG, readings, record, UNBROKEN } from '../support/people.ts'
import { seenBy } from '../support/story-members.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const [reading] = readings(1)
const known = reading as NonNullable<typeof reading>

/** The form over the list, with everything that can be true of a record. */
const meta = {
  title: 'Components/RecordDialog',
  component: RecordDialog,
  args: { type: 'reading', id: 'm-1', onClose: fn() },
  parameters: { engine: { records: [known] } },
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof RecordDialog>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const typeInto =
  (label: RegExp, text: string): Play =>
  async ({ canvas, userEvent }) => {
    const input = canvas.getByLabelText(label)
    await userEvent.clear(input)
    await userEvent.type(input, text)
  }

export const New: Story = {
  args: { type: 'reading' },
  render: ({ onClose, type }) => <RecordDialog type={type} onClose={onClose} />,
  play: async ({ canvas }) => {
    await expect(canvas.getByRole('dialog', { name: 'New reading' })).toBeVisible()
    await expect(canvas.getByLabelText(/Meter number/)).toHaveFocus()
  },
}
/** Saved without what is needed: the first such field has the focus and says so. */
export const NeededMissing: Story = {
  ...New,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(canvas.getByLabelText(/Meter number/)).toHaveFocus()
    await expect(canvas.getByLabelText(/Meter number/)).toBeInvalid()
  },
}
export const NewWorkOrder: Story = {
  args: { type: 'work-order' },
  render: New.render as NonNullable<typeof New.render>,
}
export const Known: Story = {
  play: async (context) => {
    const { canvas, userEvent, args } = context
    await typeInto(/^Reading/, '999')(context)
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await expect(args.onClose).toHaveBeenCalledOnce()
  },
}
/** Closing would lose what was typed: it asks. */
export const AsksBeforeLosing: Story = {
  play: async (context) => {
    const { canvas, userEvent, args } = context
    await typeInto(/^Reading/, '999')(context)
    await userEvent.click(canvas.getByTestId('close-form'))
    await expect(within(canvas.getByRole('alert')).getByText('What you typed is not saved yet.')).toBeVisible()
    await expect(args.onClose).not.toHaveBeenCalled()
  },
}
/** A device that may only read shows all, takes nothing, and says why. */
export const Reader: Story = {
  parameters: { engine: { records: [known], members: seenBy({ role: 'reader' }) } },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('writing-bar')).toHaveTextContent('may read, and write nothing')
    await expect(canvas.getByRole('group', { name: 'Fields' })).toHaveAccessibleDescription(/write nothing/)
    await expect(canvas.getByLabelText('Address')).toBeDisabled()
    await expect(canvas.getByRole('button', { name: 'Save' })).toBeDisabled()
    await expect(canvas.getByRole('button', { name: 'Delete' })).toBeDisabled()
  },
}
export const CouldNotSave: Story = {
  parameters: {
    engine: { records: [known], methods: { put: () => Promise.reject(new FieldmeshError('storage-full')) } },
  },
  play: async (context) => {
    await typeInto(/^Reading/, '999')(context)
    await context.userEvent.click(context.canvas.getByRole('button', { name: 'Save' }))
    await expect(await context.canvas.findByTestId('problem')).toBeVisible()
    await expect(context.canvas.getByLabelText(/^Reading/)).toHaveValue('999')
  },
}
export const InConflict: Story = {
  parameters: {
    engine: {
      records: [
        {
          ...known,
          fields: {
            ...known.fields,
            value: {
              value: 812,
              dot: { peerId: BEN, seq: 3 },
              conflict: [{ value: 821, dot: { peerId: BEN, seq: 4 }, timestamp: 1_700_000_000_000 }],
            },
          },
        },
      ],
    },
  },
}
export const DeletedElsewhere: Story = { parameters: { engine: { records: [{ ...known, alive: false }] } } }
export const EditedWhileDeleted: Story = {
  parameters: { engine: { records: [{ ...known, editedWhileDeleted: true }] } },
}
export const LongText: Story = {
  parameters: {
    engine: {
      records: [record('reading', 'm-1', { meter: UNBROKEN, address: LONG, note: LONG.repeat(5), [UNBROKEN]: LONG })],
    },
  },
}
/** A field of a form that its kind does not have, added by hand. */
export const FieldAdded: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByText('Add a field'))
    await userEvent.type(canvas.getByLabelText('Name of the field'), 'Seal number{Enter}')
    await expect(canvas.getByLabelText('Seal number')).toBeVisible()
  },
}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = {
  args: { id: 'm-ar' },
  parameters: { engine: { records: [ARABIC] }, ...rightToLeft.parameters },
}
