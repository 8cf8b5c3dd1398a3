import { expect, userEvent, waitFor, within } from 'storybook/test'
import { planOf } from '#world/plan'
import { planOfParam } from '#world/plan-param'
import { PLANNED_TYPE } from '#world/run-writes'
import { switchOn } from '../flows/deeds.ts'
import { lists } from '../flows/sights.ts'
import { flowStory } from './flow-story.tsx'
import { playSeed, theaterIn } from './play-flow.ts'
import { SeedView } from './seed-view.tsx'

export default { title: 'Stage', tags: ['!autodocs'] }

interface SeedArgs {
  readonly seed: number
  /** Devices, instead of as many as the seed says; 0 for those. */
  readonly peers: number
  /** A plan instead of a seed's, such as a shrunk one. */
  readonly plan: string
}

const planIn = ({ seed, peers, plan }: SeedArgs) => (plan ? planOfParam(plan) : planOf(seed, peers || undefined))

/** Four devices, and nothing planned: cut, freeze, crash, and see. */
export const Sandbox = {
  ...flowStory({
    title: 'Sandbox',
    says: 'Four devices that meet, and nothing planned. Use them, and do to them what the field does: each device and the weather can be changed at any time.',
    stage: { peers: 4 },
    button: { play: 'Switch all on', again: 'Begin afresh' },
    steps: [{ says: 'All four switch on, and meet.', deed: switchOn, until: ({ world }) => world.isQuiet() }],
  }),
  name: 'Sandbox',
}

type Canvas = ReturnType<typeof within>

const click = async (canvas: Canvas, name: string): Promise<void> => {
  await userEvent.click(await canvas.findByRole('button', { name }))
}

/** A part of the stage: the whole of it, with its charts, takes long to look through. */
const partIn = (stage: HTMLElement, selector: string): HTMLElement => {
  const part = stage.querySelector<HTMLElement>(selector)
  if (!part) throw new Error(`There is no ${selector} on the stage.`)
  return part
}

/** Weather and devices by hand, and a look back: what is done is seen, the past is let be. */
export const ByHand = {
  ...Sandbox,
  name: 'By hand',
  globals: { seed: '7', latency: '40', theme: 'light' },
  play: async ({ canvasElement }: { readonly canvasElement: HTMLElement }) => {
    const theater = await theaterIn(canvasElement)
    await theater.play({ hurry: true })
    const { world, pacer } = theater.stage()
    await expect([world.seed, world.network.road('a', 'b').latencyMs]).toEqual([7, 40])

    await userEvent.click(partIn(canvasElement, '.stage-part > summary'))
    const weather = within(partIn(canvasElement, '.stage-weather'))
    await click(weather, 'Road between Anna and Ben: open')
    await expect(await weather.findByRole('button', { name: 'Road between Anna and Ben: cut' })).toBeVisible()
    await expect(world.network.isOpen('a', 'b')).toBe(false)
    await click(weather, 'Road between Anna and Ben: cut')
    await waitFor(() => expect(world.network.isOpen('a', 'b')).toBe(true))
    await click(weather, 'Kill server')
    await weather.findByRole('button', { name: 'Start server' })
    await click(weather, 'Heal all')
    await weather.findByRole('button', { name: 'Kill server' })

    const anna = partIn(canvasElement, '.stage-device[aria-label="Anna"]')
    const [chip, screen] = [partIn(anna, '.chip'), partIn(anna, '.stage-screen')]
    const deeds = within(partIn(anna, '.stage-deeds'))
    await userEvent.click(deeds.getByText('Crash, freeze, sleep …'))
    await click(deeds, 'Freeze: Anna')
    await waitFor(() => expect(chip).toHaveTextContent('Frozen'))
    await expect(screen).toHaveTextContent('Frozen')
    await click(deeds, 'Thaw: Anna')
    await click(deeds, 'Crash: Anna')
    await waitFor(() => expect(chip).toHaveTextContent('Off'))
    await expect(screen).toHaveTextContent('Off')
    await click(deeds, 'Start: Anna')
    await waitFor(() => expect(chip).toHaveTextContent('Running'))

    const time = within(partIn(canvasElement, '.stage-timeline'))
    await click(time, 'Back: one event')
    const play = time.getByRole('button', { name: 'Play' })
    await waitFor(() => expect(play).toHaveAccessibleDescription('The past stands still. Jump to now to play on.'))
    await userEvent.click(play)
    await expect(pacer.isPlaying).toBe(false)
    await expect(deeds.getByRole('button', { name: 'Fill disk: Anna' })).toBeDisabled()
    await click(time, 'Jump to now')
    await waitFor(() => expect(play).not.toHaveAttribute('aria-describedby'))
    await expect(deeds.getByRole('button', { name: 'Fill disk: Anna' })).toBeEnabled()
  },
}

/** The run of a seed, as `npm run worlds -- --seed N` prints its address. */
export const WorldSeed = {
  name: 'World seed',
  args: { seed: 3, peers: 0, plan: '' },
  argTypes: { seed: { control: 'number' }, peers: { control: 'number' }, plan: { control: 'text' } },
  parameters: Sandbox.parameters,
  render: (args: SeedArgs, { globals }: { readonly globals: Readonly<Record<string, unknown>> }) => {
    const speed = Number(globals['speed'])
    return <SeedView key={JSON.stringify([args, speed])} plan={planIn(args)} speed={speed} />
  },
  play: async ({ canvasElement }: { readonly canvasElement: HTMLElement }) => {
    await playSeed({ canvasElement })
    const panel = within(within(canvasElement).getByRole('region', { name: 'World seed' }))
    await waitFor(() => expect(panel.getByRole('status')).toHaveTextContent(/No rule was broken|(WORLD|RUN)-/))
    const theater = await theaterIn(canvasElement)
    const stage = theater.stage()
    const shown = stage.at('a').records.get(PLANNED_TYPE)?.length ?? 0
    await expect(shown).toBeGreaterThan(0)
    for (const { name } of stage.world.devices) await lists(theater.screens, name, shown)
  },
}
