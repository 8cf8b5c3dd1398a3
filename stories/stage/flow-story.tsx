import type { Flow } from './flow.types.ts'
import { playFlow } from './play-flow.ts'
import { StageView } from './stage-view.tsx'

/** What the toolbar says of the world. */
interface Toolbar {
  readonly globals: Readonly<Record<string, unknown>>
}

/** The network of the toolbar, for what a flow does not ask for itself. */
export const roadOf = (globals: Toolbar['globals']) => ({
  latencyMs: Number(globals['latency']),
  loss: Number(globals['loss']),
})

/** A flow as a story: rendered with the toolbar's seed and roads, played and checked by its play function. */
export const flowStory = (flow: Flow) => ({
  name: flow.title,
  render: (_args: object, { globals }: Toolbar) => {
    const options = { ...flow.stage, seed: Number(globals['seed']), road: { ...roadOf(globals), ...flow.stage.road } }
    const speed = Number(globals['speed'])
    return <StageView key={JSON.stringify([options, speed])} flow={flow} options={options} speed={speed} />
  },
  play: playFlow,
  parameters: {
    // Every device is a document of its own, with landmarks of its own; the check takes them all for one page.
    a11y: { options: { rules: { 'landmark-unique': { enabled: false } } } },
  },
})
