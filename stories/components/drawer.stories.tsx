import type { Meta, StoryObj } from '@storybook/react-vite'
import { useRef, useState } from 'react'
import { expect, screen, waitFor } from 'storybook/test'
import { Drawer } from '../../src/demo/parts/drawer.tsx'
import { LONG, UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

interface ShownProps {
  readonly label: string
  readonly begins: 'field' | 'title'
  readonly words: string
  /** Its owner keeps it open, as a form does that would lose something. */
  readonly stays?: boolean
}

const Shown = ({ label, begins, words, stays = false }: ShownProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Open
      </button>
      {isOpen && (
        <Drawer dialog={dialog} label={label} begins={begins} testId="drawer" onClose={() => setOpen(stays)}>
          <form className="form">
            <p>{words}</p>
            <label className="field">
              <span className="label">Address</span>
              <input />
            </label>
          </form>
        </Drawer>
      )}
    </>
  )
}

const meta = {
  title: 'Components/Drawer',
  component: Shown,
  args: { label: 'New reading', begins: 'field', words: 'What the form says first.' },
  decorators: [onScreen],
} satisfies Meta<typeof Shown>
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>

const open: Play = async ({ canvas, userEvent }) => {
  await userEvent.click(canvas.getByRole('button', { name: 'Open' }))
}

export const BeginsWithAField: Story = {
  play: async (context) => {
    await open(context)
    await expect(screen.getByLabelText('Address')).toHaveFocus()
  },
}
/** What must be read first has the focus. */
export const BeginsWithItsTitle: Story = {
  args: { begins: 'title', label: 'Remove this device?' },
  play: async (context) => {
    await open(context)
    await expect(screen.getByRole('heading', { name: 'Remove this device?' })).toHaveFocus()
  },
}
/** The focus is where it was before. */
export const Closed: Story = {
  play: async (context) => {
    await open(context)
    await context.userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await expect(context.canvas.getByRole('button', { name: 'Open' })).toHaveFocus()
  },
}
export const Kept: Story = {
  args: { stays: true },
  play: async (context) => {
    await open(context)
    await context.userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await expect(screen.getByRole('dialog', { name: 'New reading' })).toBeVisible()
  },
}
export const LongText: Story = { args: { label: UNBROKEN, words: LONG.repeat(12) }, play: open }
export const Phone: Story = { play: open, ...phone }
export const RightToLeft: Story = { play: open, ...rightToLeft }
