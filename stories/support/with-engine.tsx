import type { Decorator } from '@storybook/react-vite'
import { useMemo } from 'react'
import { SyncProvider } from '#react/index'
import { storyEngine, type StoryState } from './story-engine.ts'

const Provided = ({ state, Story }: { readonly state: StoryState; readonly Story: () => React.ReactNode }) => {
  const engine = useMemo(() => storyEngine(state), [state])
  return <SyncProvider engine={engine}>{Story()}</SyncProvider>
}

/** Puts a component below an engine in the state that the story's parameter `engine` tells. */
export const withEngine: Decorator = (Story, { parameters }) => (
  <Provided state={(parameters['engine'] as StoryState | undefined) ?? NOTHING} Story={() => <Story />} />
)
const NOTHING: StoryState = {}

/** A piece of the app as it stands on a screen of the app. */
export const onScreen: Decorator = (Story) => (
  <main className="main">
    <section className="screen" aria-label="Screen">
      <Story />
    </section>
  </main>
)

/** A piece that brings its own `main`. */
export const whole: Decorator = (Story) => <Story />

/** Parts of a story that make it a variant of another. */
export const phone = { globals: { viewport: { value: 'phone' } } } as const
export const rightToLeft = { parameters: { dir: 'rtl' } } as const
