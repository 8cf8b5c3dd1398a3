import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent } from 'storybook/test'
import { InspectorPanel } from '#inspector/ui/index'
import { phone } from '../support/with-engine.tsx'
import { drawn, isReadable, rowsOf } from './panel-hands.ts'
import { meeting } from './recorded-world.ts'

/** The inspector where there is little room: docked below an app, in a small window, on a phone. */
const meta = {
  title: 'Inspector/LittleRoom',
  component: InspectorPanel,
  args: { source: [] },
  loaders: [async () => ({ source: await meeting() })],
  render: (args, { loaded }) => <InspectorPanel {...args} source={loaded['source'] ?? args.source} />,
} satisfies Meta<typeof InspectorPanel>
export default meta
type Story = StoryObj<typeof meta>

const sized = (width: string, height: string): Pick<Story, 'decorators'> => ({
  decorators: [
    (Story) => (
      <main style={{ width, height }}>
        <Story />
      </main>
    ),
  ],
})

export const Phone: Story = {
  ...phone,
  ...sized('100%', '100vh'),
  play: async ({ canvas }) => {
    await drawn(canvas)
    await userEvent.click(canvas.getByRole('tab', { name: 'Events' }))
    await expect(await rowsOf(canvas)).toBeGreaterThan(200)
    await isReadable(canvas)
    await userEvent.click(canvas.getByRole('tab', { name: 'Actors' }))
    await expect(canvas.getAllByRole('tree')).toHaveLength(2)
  },
}
/** As it is docked below an app. */
export const Docked: Story = {
  ...sized('1280px', '400px'),
  play: async ({ canvas }) => {
    await drawn(canvas)
    await isReadable(canvas)
    await expect(canvas.getByTestId('actor-details')).toBeVisible()
  },
}

/** Docked in a small window: actors, chart and state share one half, what happened has the other. */
export const DockedSmall: Story = {
  ...sized('800px', '400px'),
  play: async ({ canvas }) => {
    await drawn(canvas)
    await isReadable(canvas)
    await userEvent.click(canvas.getByRole('tab', { name: 'State' }))
    await expect(canvas.getByTestId('actor-details')).toBeVisible()
    await isReadable(canvas)
  },
}

/** Docked in a small window, an event chosen. */
export const DockedChosen: Story = {
  ...DockedSmall,
  play: async ({ canvas }) => {
    await isReadable(canvas)
    canvas.getByTestId('events').focus()
    await userEvent.keyboard('{End}{ArrowUp}')
    await expect(await canvas.findByTestId('event-details')).toBeVisible()
    await isReadable(canvas)
    canvas.getByTestId('moment').focus()
  },
}
