import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, fn } from 'storybook/test'
import { FilePicker } from '../../src/demo/import/file-picker.tsx'
import { UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/FilePicker',
  component: FilePicker,
  args: { problem: undefined, onFile: fn() },
  decorators: [onScreen],
} satisfies Meta<typeof FilePicker>
export default meta
type Story = StoryObj<typeof meta>

const SOME = new File(['meter\n1'], 'a.csv', { type: 'text/csv' })

export const Empty: Story = {
  play: async ({ canvas, userEvent, args }) => {
    await userEvent.upload(canvas.getByTestId('import-input'), SOME)
    await expect(args.onFile).toHaveBeenCalledWith(SOME)
  },
}
export const FileOverIt: Story = {
  play: async ({ canvas }) => {
    const label = canvas.getByTestId('import-input').closest('label') as HTMLElement
    await fireEvent.dragOver(label)
    await expect(label).toHaveAttribute('data-over', 'true')
  },
}
export const Dropped: Story = {
  play: async ({ canvas, args }) => {
    const label = canvas.getByTestId('import-input').closest('label') as HTMLElement
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(SOME)
    label.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
    await expect(args.onFile).toHaveBeenCalledOnce()
  },
}
export const Unreadable: Story = { args: { problem: 'readings.pdf is not a CSV or JSON file.' } }
export const LongText: Story = { args: { problem: `${UNBROKEN.repeat(3)}.csv is not a CSV or JSON file.` } }
export const Phone: Story = { ...Unreadable, ...phone }
export const RightToLeft: Story = { ...rightToLeft }
