import { expect, waitFor, within } from 'storybook/test'
import { planOf } from '#world/plan'
import { planOfParam } from '#world/plan-param'
import { switchOn } from '../flows/deeds.ts'
import { flowStory } from './flow-story.tsx'
import { playSeed } from './play-flow.ts'
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
    steps: [{ says: 'All four switch on, and meet.', deed: switchOn, until: ({ world }) => world.isQuiet() }],
  }),
  name: 'Sandbox',
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
  },
}
