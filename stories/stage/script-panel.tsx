import type { Performance, Theater } from './create-theater.ts'
import type { Flow } from './flow.types.ts'

interface ScriptPanelProps {
  readonly flow: Flow
  readonly theater: Theater
  readonly performance: Performance
}

const BUTTON = { play: 'Play the flow', again: 'Play the flow again' }

/** The steps of a flow, the present one marked; each leads back to its moment. */
export const ScriptPanel = ({ flow, theater, performance: { state, step, marks, problem } }: ScriptPanelProps) => {
  const { play, again } = flow.button ?? BUTTON
  return (
    <section className="stage-script" aria-label="Flow">
      <h1>{flow.title}</h1>
      <p className="stage-note">{flow.says}</p>
      <button
        type="button"
        className="stage-button primary"
        disabled={state === 'playing'}
        // What goes wrong is shown below.
        onClick={() => void theater.play().catch(() => {})}
      >
        {state === 'playing' ? 'Playing…' : state === 'waiting' ? play : again}
      </button>
      <ol className="stage-steps">
        {flow.steps.map(({ says }, at) => (
          <li key={says} data-state={stateOf(at, step, state)}>
            <button
              type="button"
              aria-current={at === step && state === 'playing' ? 'step' : undefined}
              disabled={marks[at] === undefined}
              onClick={() => theater.stage().show(marks[at])}
            >
              {says}
            </button>
          </li>
        ))}
      </ol>
      {problem !== undefined && (
        <p className="stage-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

const stateOf = (at: number, step: number, state: Performance['state']): string => {
  if (at > step) return 'ahead'
  if (at < step || state === 'played') return 'done'
  return state === 'failed' ? 'failed' : 'now'
}
