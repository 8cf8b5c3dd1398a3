import type { Meta, StoryObj } from '@storybook/react-vite'
import { StandbyScreen } from '../../src/demo/screens/standby-screen.tsx'
import { phone, rightToLeft } from '../support/with-engine.tsx'

const meta = { title: 'Components/StandbyScreen', component: StandbyScreen } satisfies Meta<typeof StandbyScreen>
export default meta
type Story = StoryObj<typeof meta>

export const Waiting: Story = {}
export const Phone: Story = { ...phone }
export const RightToLeft: Story = { ...rightToLeft }
