import type { Decorator, Preview } from '@storybook/react-vite'
import { configure } from 'storybook/test'
import '../src/demo/styles/tokens.css'
import '../src/demo/styles/base.css'
import '../src/demo/styles/shell.css'
import '../src/demo/styles/parts.css'
import '../src/demo/styles/screens.css'

// A story waits for what it shows; on a busy machine a second, as is usual, is no time at all.
configure({ asyncUtilTimeout: 20_000 })

type Icon = 'refresh' | 'transfer' | 'filter' | 'time' | 'mirror'

const choice = (title: string, icon: Icon, items: readonly (readonly [value: string, title: string])[]) => ({
  description: title,
  toolbar: { title, icon, dynamicTitle: true, items: items.map(([value, words]) => ({ value, title: words })) },
})

/** The page's own settings: the theme of the toolbar, the direction that a story asks for. */
const withPage: Decorator = (Story, { globals, parameters, viewMode }) => {
  const { documentElement } = document
  const dir = parameters['dir'] === 'rtl' ? 'rtl' : 'ltr'
  documentElement.lang = 'en'
  documentElement.dataset['theme'] = String(globals['theme'])
  // A page of docs shows many stories: each has its own direction there.
  const isDocs = viewMode === 'docs'
  documentElement.dir = isDocs ? 'ltr' : dir
  if (!isDocs) return <Story />
  return (
    <div dir={dir}>
      <Story />
    </div>
  )
}

const preview: Preview = {
  decorators: [withPage],
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    viewport: {
      options: {
        phone: { name: 'Phone, 390 px', styles: { width: '390px', height: '844px' }, type: 'mobile' },
        desk: { name: 'Desk, 1280 px', styles: { width: '1280px', height: '800px' }, type: 'desktop' },
      },
    },
    options: { storySort: { order: ['Start here', 'Flows', 'Stage', 'Machines', 'Chart', 'Inspector', 'Components'] } },
  },
  initialGlobals: { seed: '1', latency: '5', loss: '0', speed: '1', theme: 'light' },
  globalTypes: {
    seed: choice('Seed of the world', 'refresh', [
      ['1', 'Seed 1'],
      ['2', 'Seed 2'],
      ['3', 'Seed 3'],
      ['7', 'Seed 7'],
      ['42', 'Seed 42'],
    ]),
    latency: choice('Latency of every road', 'transfer', [
      ['5', '5 ms'],
      ['40', '40 ms'],
      ['150', '150 ms'],
      ['400', '400 ms'],
    ]),
    loss: choice('Loss of every road', 'filter', [
      ['0', 'No loss'],
      ['0.01', '1 % lost'],
      ['0.05', '5 % lost'],
      ['0.2', '20 % lost'],
    ]),
    speed: choice('Speed of the clock', 'time', [
      ['0.1', '0.1 × time'],
      ['1', '1 × time'],
      ['4', '4 × time'],
      ['20', '20 × time'],
    ]),
    theme: choice('Theme', 'mirror', [
      ['light', 'Light'],
      ['dark', 'Dark'],
    ]),
  },
}

export default preview
