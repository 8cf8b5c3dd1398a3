import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import { StateChart } from '#chart/index'
import { chartOf, type MachineId } from './machines.ts'
import { MachineTold } from './machines-told.tsx'
import { type Frame, type Walk, walkTo } from './machines-walks.ts'
import './machines.css'

interface MachineWalkProps {
  readonly machine: MachineId
  /** Id of the state that it leads to. */
  readonly to: string
  readonly walk?: Walk
}

/** The innermost active states: what the machine is in. */
const leaves = ({ active }: Frame): string[] => {
  const rest = active.filter((id) => !active.some((other) => other.startsWith(`${id}.`)))
  return rest.map((id) => id.slice(id.lastIndexOf('.') + 1))
}

/** The shortest way from a machine’s start to one of its states, step by step. */
export const MachineWalk = ({ machine, to, walk = walkTo(machine, to) }: MachineWalkProps) => {
  const { frames } = walk
  const [at, setAt] = useState(0)
  const frame = frames[at]
  if (frame === undefined) return null
  return (
    <main className="machine-walk">
      <header>
        <h1>
          {machine} <small>to {to}</small>
        </h1>
        <p role="status">
          Step {at + 1} of {frames.length}: {leaves(frame).join(' · ')}
        </p>
      </header>
      <ol aria-label="Steps">
        {frames.map(({ event, payload }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same event may come again, and steps never move
          <li key={index}>
            <button type="button" aria-current={index === at ? 'step' : undefined} onClick={() => setAt(index)}>
              {event} {payload !== '' && <small>{payload}</small>}
            </button>
          </li>
        ))}
      </ol>
      <div>
        <StateChart
          model={chartOf(machine)}
          active={frame.active}
          last={frame.last}
          height={440}
          label={`Chart of ${machine}`}
        />
        <MachineTold told={frame.told} view={frame.view} />
      </div>
    </main>
  )
}

type Story = StoryObj<Meta<typeof MachineWalk>>

/** A walk as a story: it is walked to its end, and after each step the chart says where the machine is. */
export const walking: Pick<Required<Story>, 'loaders' | 'render' | 'play'> = {
  loaders: [({ args }) => ({ walk: walkTo(args.machine, args.to) })],
  render: (args, { loaded }) => <MachineWalk {...args} walk={loaded['walk'] as Walk} />,
  play: async ({ canvas, canvasElement, userEvent, loaded, args }) => {
    const { frames } = loaded['walk'] as Walk
    const steps = canvas.getAllByRole('button').filter((button) => button.closest('ol'))
    await expect(steps).toHaveLength(frames.length)
    for (const [at, step] of steps.entries()) {
      await userEvent.click(step)
      await expect(canvas.getByText(new RegExp(`^Step ${at + 1} of`))).toHaveTextContent(
        leaves(frames[at] as Frame).join(' · '),
      )
      await expect(canvasElement.querySelectorAll('[role=treeitem][aria-current]').length).toBeGreaterThan(0)
    }
    const lit = () => canvasElement.querySelector(`.fm-box[data-lit][data-state="${args.to}"]`)
    await waitFor(() => expect(lit()).not.toBeNull(), { timeout: 60_000 })
  },
}
