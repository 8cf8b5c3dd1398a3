import type { Meta, StoryObj } from '@storybook/react-vite'
import { Icon } from '../../src/demo/parts/icon.tsx'
import { onScreen } from '../support/with-engine.tsx'

const meta = {
  title: 'Components/Icon',
  component: Icon,
  args: { name: 'reading' },
  decorators: [onScreen],
} satisfies Meta<typeof Icon>
export default meta
type Story = StoryObj<typeof meta>

const NAMES = ['reading', 'work-order', 'list', 'import', 'conflicts', 'devices']

/** All that there are; a name without a drawing gets the one of lists. */
export const All: Story = {
  render: () => (
    <ul className="cards">
      {[...NAMES, 'airports'].map((name) => (
        <li className="card" key={name}>
          <Icon name={name} /> {name}
        </li>
      ))}
    </ul>
  ),
}
