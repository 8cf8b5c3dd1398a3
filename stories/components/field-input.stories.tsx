import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect } from 'storybook/test'
import type { ConflictingValue } from '#model/view'
import { FieldInput } from '../../src/demo/parts/field-input.tsx'
import type { FieldSpec } from '../../src/demo/records/kinds.ts'
import type { Draft } from '../../src/demo/records/use-draft.ts'
import { BEN, LONG, UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft } from '../support/with-engine.tsx'

interface FieldProps {
  readonly spec: FieldSpec
  readonly text?: string
  readonly problem?: string
  readonly changedBelow?: string
  readonly conflict?: readonly ConflictingValue[]
}

/** A field of a form, with a draft of its own. */
const Field = ({ spec, text = '', problem, changedBelow, conflict }: FieldProps) => {
  const [typed, setTyped] = useState(text)
  const draft: Draft = {
    text: () => typed,
    set: (_, value) => setTyped(value),
    problems: new Map(problem ? [[spec.name, problem]] : []),
    changedBelow: () => changedBelow,
    collect: () => ({}),
  }
  return <FieldInput spec={spec} draft={draft} conflict={conflict} />
}

const meta = { title: 'Components/FieldInput', component: Field, decorators: [onScreen] } satisfies Meta<typeof Field>
export default meta
type Story = StoryObj<typeof meta>

const text: FieldSpec = { name: 'address', label: 'Address', input: 'text' }
const value: FieldSpec = { name: 'value', label: 'Reading', input: 'number', required: true }
const unit: FieldSpec = { name: 'unit', label: 'Unit', input: 'choice', choices: ['kWh', 'MWh', 'm³', 'l'] }
const other = (it: string): ConflictingValue => ({
  value: it,
  dot: { peerId: BEN, seq: 4 },
  timestamp: 1_700_000_000_000,
})

export const Empty: Story = { args: { spec: text } }
export const Filled: Story = {
  args: { spec: text, text: 'Mill Lane 4' },
  play: async ({ canvas, userEvent }) => {
    const input = canvas.getByLabelText('Address')
    await userEvent.type(input, 'a')
    await expect(input).toHaveValue('Mill Lane 4a')
  },
}
export const NumberNeeded: Story = { args: { spec: value, text: '812' } }
export const Invalid: Story = {
  args: { spec: value, text: 'eight', problem: 'This is not a number.' },
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText(/Reading/)).toBeInvalid()
    await expect(canvas.getByLabelText(/Reading/)).toHaveAccessibleDescription('This is not a number.')
  },
}
export const Choice: Story = { args: { spec: unit, text: 'm³' } }
/** A value that is none of the choices stays and can be kept. */
export const ForeignChoice: Story = {
  args: { spec: unit, text: 'therm' },
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText('Unit')).toHaveValue('therm')
  },
}
export const YesNo: Story = { args: { spec: { name: 'sealed', label: 'Sealed', input: 'yesNo' }, text: 'true' } }
export const Day: Story = { args: { spec: { name: 'due', label: 'Due', input: 'date' }, text: '2026-03-14' } }
/** A browser would show nothing at all for such a date: it stays text. */
export const ForeignDay: Story = {
  args: { spec: { name: 'due', label: 'Due', input: 'date' }, text: 'next spring' },
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText('Due')).toHaveValue('next spring')
  },
}
export const LongText: Story = {
  args: { spec: { name: 'note', label: 'Note', input: 'longText' }, text: LONG.repeat(3) },
}
export const Structure: Story = {
  args: { spec: { name: 'parts', label: 'Parts', input: 'json' }, text: '{"bolt":4,"nut":4}' },
}
export const ChangedMeanwhile: Story = { args: { spec: value, text: '815', changedBelow: '817' } }
export const InConflict: Story = { args: { spec: value, text: '815', conflict: [other('817'), other('871')] } }
export const Phone: Story = { args: { spec: { ...text, label: UNBROKEN }, text: LONG }, ...phone }
export const RightToLeft: Story = {
  args: { spec: { ...text, label: 'العنوان' }, text: 'شارع الميناء ١٢' },
  ...rightToLeft,
}
