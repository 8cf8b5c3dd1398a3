import type { Preview } from '@storybook/react-vite'
import '../src/demo/styles/tokens.css'
import '../src/demo/styles/base.css'
import '../src/demo/styles/shell.css'
import '../src/demo/styles/parts.css'
import '../src/demo/styles/screens.css'

const choice = (title: string, icon: string, items: readonly (readonly [value: string, title: string])[]) => ({
  description: title,
  toolbar: { title, icon, dynamicTitle: true, items: items.map(([value, words]) => ({ value, title: words })) },
})

const preview: Preview = {
  parameters: { a11y: { test: 'error' }, layout: 'fullscreen' },
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
