import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test'
import { parseRecording } from '#inspector/parse-recording'
import type { PanelDevices } from '#inspector/ui/index'
import { InspectorPanel } from '#inspector/ui/index'
import { rightToLeft } from '../support/with-engine.tsx'
import { type Canvas, drawn, rowsOf } from './panel-hands.ts'
import { brokenDoor } from './broken-door.ts'
import { beginWorld, failure, meeting, type RecordedWorld } from './recorded-world.ts'

const nobody: PanelDevices = { devices: () => [], subscribe: () => () => {} }

/** Everything that happens in the actors of one or several devices, live or from a recording. */
const meta = {
  title: 'Inspector/InspectorPanel',
  component: InspectorPanel,
  args: { source: nobody },
  decorators: [
    (Story) => (
      <main style={{ height: '100vh' }}>
        <Story />
      </main>
    ),
  ],
  render: (args, { loaded }) => <InspectorPanel {...args} source={loaded['source'] ?? args.source} />,
} satisfies Meta<typeof InspectorPanel>
export default meta
type Story = StoryObj<typeof meta>
const fileOf = (content: unknown, name: string) =>
  new File([typeof content === 'string' ? content : JSON.stringify(content)], name, { type: 'application/json' })

/** Nobody is recorded yet. */
export const Waiting: Story = {
  args: {
    waiting: (
      <>
        <strong>No app answers.</strong>
        <p>Open the app in another tab or window of this browser; it appears here by itself.</p>
      </>
    ),
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByTestId('waiting')).toHaveTextContent('No app answers')
  },
}

/** Two devices that met, lost each other and found each other again. */
export const Meeting: Story = {
  loaders: [async () => ({ source: await meeting() })],
  play: async ({ canvas }) => {
    await expect(await rowsOf(canvas)).toBeGreaterThan(200)
    await drawn(canvas)
    await expect(canvas.getByTestId('chart').querySelector('.fm-box[data-lit]')).not.toBeNull()
    await expect(canvas.getAllByRole('tree', { name: /Actors of/ })).toHaveLength(2)
    await expect(canvas.getByRole('main')).not.toHaveTextContent('Left basement door')
  },
}

/** An event is chosen: all panes show the moment at which it had done what it does. */
export const EventChosen: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    await rowsOf(canvas)
    await userEvent.type(canvas.getByTestId('search-events'), 'link.opened')
    await waitFor(async () => expect(await rowsOf(canvas)).toBeLessThan(10))
    const [first] = within(canvas.getByTestId('events')).getAllByRole('option')
    await userEvent.click(first as HTMLElement)
    const details = await canvas.findByTestId('event-details')
    await expect(details).toHaveTextContent('link.opened')
    await expect(within(details).getByTestId('transitions')).toHaveTextContent('→ open')
    await expect(canvas.getByTestId('live')).toHaveAttribute('aria-pressed', 'false')
    await drawn(canvas)
  },
}

/** Without a pointer: from event to event and from actor to actor by the arrow keys. */
export const ByKeyboard: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    await rowsOf(canvas)
    canvas.getByTestId('events').focus()
    await userEvent.keyboard('{Home}')
    const details = await canvas.findByTestId('event-details')
    const first = details.textContent
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await waitFor(() => expect(canvas.getByTestId('event-details').textContent).not.toBe(first))
    const [tree] = canvas.getAllByRole('tree', { name: /Actors of/ })
    tree?.focus()
    await userEvent.keyboard('{Home}')
    await waitFor(() => expect(canvas.getByTestId('actor-details')).toHaveTextContent('sync-engine'))
    canvas.getByRole('tab', { name: 'Events' }).focus()
    await userEvent.keyboard('{ArrowRight}')
    await expect(canvas.getByRole('tab', { name: 'Sequence' })).toHaveFocus()
    await expect(canvas.getByTestId('sequence')).toBeVisible()
  },
}

/** Before anything was heard of each other: the tree has no peer yet. */
export const TravelBack: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    await rowsOf(canvas)
    await expect(canvas.getAllByTestId(/^actor-peer:/)).toHaveLength(2)
    await fireEvent.change(canvas.getByTestId('moment'), { target: { value: '2' } })
    await waitFor(() => expect(canvas.queryAllByTestId(/^actor-peer:/)).toHaveLength(0))
    await userEvent.click(canvas.getByTestId('live'))
    await waitFor(() => expect(canvas.getAllByTestId(/^actor-peer:/)).toHaveLength(2))
  },
}

const openTab = async (canvas: Canvas, name: string) => {
  await rowsOf(canvas)
  await userEvent.click(canvas.getByRole('tab', { name }))
  const sequence = await canvas.findByTestId('sequence')
  await waitFor(() => expect(Number(sequence.dataset['rows'])).toBeGreaterThan(20))
  return sequence
}

/** Who said what to whom, actor by actor, on both devices and across. */
export const Sequence: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    const sequence = await openTab(canvas, 'Sequence')
    await userEvent.type(canvas.getByTestId('search-events'), 'connid')
    sequence.scrollTo({ top: 0 })
    await waitFor(() => expect(sequence.querySelectorAll('.fmi-arrow[data-kind="server"]').length).toBeGreaterThan(3))
  },
}

/** Only what went from device to device: through the server dashed, over the link solid. */
export const BetweenDevices: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    const sequence = await openTab(canvas, 'Between devices')
    sequence.scrollTo({ top: 0 })
    await waitFor(() => expect(sequence).toHaveTextContent('offer'))
    await expect(sequence.querySelectorAll('.fmi-arrow').length).toBeGreaterThan(5)
  },
}

/** Every microstep under its event, with the guard that let it through. */
export const Microsteps: Story = {
  ...Meeting,
  play: async ({ canvas }) => {
    await rowsOf(canvas)
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Microsteps' }))
    await waitFor(() => expect(canvas.getByTestId('events').querySelector('.fmi-step')).not.toBeNull())
  },
}

const worldOf = (loaded: Record<string, unknown>) => loaded['world'] as RecordedWorld

/** A world that goes on while it is looked at; paused, the panel stays where it is and counts what it misses. */
export const LiveThenPaused: Story = {
  loaders: [
    async () => {
      const world = await beginWorld(3)
      return { world, source: world.recorders }
    },
  ],
  play: async ({ canvas, loaded }) => {
    const { world, recorders } = worldOf(loaded)
    await world.pass(1_000)
    await waitFor(async () => expect(await rowsOf(canvas)).toBeGreaterThan(50))
    await userEvent.click(canvas.getByTestId('pause'))
    const before = await rowsOf(canvas)
    await world.settle(world.device('a').engine.put('reading', 'm-1', { kwh: 1 }))
    await world.pass(2_000)
    await waitFor(() => expect(canvas.getByTestId('live')).toHaveTextContent(/\+\d/))
    await expect(await rowsOf(canvas)).toBe(before)
    await userEvent.type(canvas.getByTestId('search-events'), 'peer offer')
    await waitFor(async () => expect(await rowsOf(canvas)).toBeLessThan(before))
    for (const recorder of recorders) recorder.detach()
    await world.stop()
  },
}

/** A law that did not hold, in red where it is told, in the list and on the way through time. */
export const LawBroken: Story = {
  loaders: [async () => ({ source: brokenDoor() })],
  play: async ({ canvas }) => {
    await rowsOf(canvas)
    await userEvent.click(canvas.getByRole('checkbox', { name: 'Problems' }))
    await waitFor(async () => expect(await rowsOf(canvas)).toBe(1))
    await expect(canvas.getByTestId('law-DOOR-1')).toHaveTextContent('an open door is never locked')
    await drawn(canvas)
  },
}

/** A failure from the field, opened from its file. */
export const FailureOpened: Story = {
  loaders: [async () => ({ files: await failure() })],
  play: async ({ canvas, loaded }) => {
    const files = (loaded['files'] as readonly unknown[]).map((content, at) => fileOf(content, `device-${at}.json`))
    await userEvent.upload(canvas.getByTestId('open-recording'), files)
    await expect(await canvas.findByTestId('recorded')).toBeVisible()
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Problems' }))
    await waitFor(async () => expect(await rowsOf(canvas)).toBeGreaterThan(0))
    await drawn(canvas)
  },
}

/** A file that is not whole is refused, and what was shown before stays. */
export const DamagedRefused: Story = {
  loaders: [async () => ({ source: brokenDoor() })],
  play: async ({ canvas }) => {
    const whole = JSON.stringify(brokenDoor())
    await expect(() => parseRecording(whole)).not.toThrow()
    await userEvent.upload(canvas.getByTestId('open-recording'), fileOf(whole.slice(0, -100), 'torn.json'))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('torn.json This recording is not whole')
    await expect(await rowsOf(canvas)).toBeGreaterThan(5)
  },
}

export const Dark: Story = { ...EventChosen, globals: { theme: 'dark' } }
export const SequenceDark: Story = { ...BetweenDevices, globals: { theme: 'dark' } }
/** A page of the other direction: words of programs stay as they are. */
export const RightToLeft: Story = {
  ...Meeting,
  ...rightToLeft,
  play: async ({ canvas }) => {
    await drawn(canvas)
    const [title, save] = [canvas.getByRole('heading', { name: 'Inspector' }), canvas.getByTestId('save-recording')]
    await expect(title.getBoundingClientRect().left).toBeLessThan(save.getBoundingClientRect().left)
  },
}
