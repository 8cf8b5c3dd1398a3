import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import { FieldmeshError } from '#model/fault'
import type { FaultCode } from '#model/fault'
import { SignalingForm } from '../../src/demo/parts/signaling-form.tsx'
import { UNBROKEN } from '../support/people.ts'
import { onScreen, phone, rightToLeft, withEngine } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/SignalingForm',
  component: SignalingForm,
  decorators: [onScreen, withEngine],
} satisfies Meta<typeof SignalingForm>
export default meta
type Story = StoryObj<typeof meta>

const inState = (state: string, fault?: FaultCode): Story => ({
  parameters: {
    engine: { status: { signalingConnected: state === 'online', signaling: { state, ...(fault && { fault }) } } },
  },
})

export const Reached: Story = inState('online')
export const Calling: Story = inState('dialing')
export const Waiting: Story = inState('waiting', 'signaling-unreachable')
export const GaveUp: Story = inState('gaveUp', 'signaling-unreachable')
export const Refused: Story = inState('refused')
export const NoServer: Story = inState('offline')
export const BadAddress: Story = {
  parameters: {
    engine: {
      methods: {
        setSignaling: () => {
          throw new FieldmeshError('signaling-url', 'Got "tablet 4".')
        },
      },
    },
  },
  play: async ({ canvas, userEvent }) => {
    const address = canvas.getByLabelText(/Address/)
    await userEvent.clear(address)
    await userEvent.type(address, 'tablet 4')
    await userEvent.click(canvas.getByRole('button', { name: 'Use this address' }))
    await expect(canvas.getByTestId('problem')).toBeVisible()
    await expect(address).toHaveValue('tablet 4')
  },
}
export const LongText: Story = {
  parameters: {
    engine: {
      methods: {
        setSignaling: () => {
          throw new FieldmeshError('signaling-url', `Got "${UNBROKEN.repeat(3)}".`)
        },
      },
    },
  },
  play: async ({ canvas, userEvent }) => {
    await userEvent.clear(canvas.getByLabelText(/Address/))
    await userEvent.type(canvas.getByLabelText(/Address/), UNBROKEN)
    await userEvent.click(canvas.getByRole('button', { name: 'Use this address' }))
    await expect(canvas.getByTestId('problem')).toHaveTextContent(UNBROKEN)
  },
}
export const Phone: Story = { ...GaveUp, ...phone }
export const RightToLeft: Story = { ...rightToLeft, parameters: { ...Waiting.parameters, ...rightToLeft.parameters } }
