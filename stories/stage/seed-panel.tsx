import { count } from '../../src/demo/words.ts'
import type { WorldOutcome } from '#world/run-world.types'
import { WORLD_RULES } from '#world/check-rules'
import type { WorldPlan } from '#world/plan.types'
import type { Performance, Theater } from './create-theater.ts'
import { useStageVersion } from './use-watched.ts'

interface SeedPanelProps {
  readonly plan: WorldPlan
  readonly theater: Theater
  readonly performance: Performance
  /** Undefined until the run is over. */
  readonly outcome: WorldOutcome | undefined
}

const ruleWords = (rule: string): string => Object.entries(WORLD_RULES).find(([id]) => id === rule)?.[1] ?? ''

/** The run of a seed: what its plan holds, and which rules it broke. */
export const SeedPanel = ({ plan, theater, performance: { state, problem }, outcome }: SeedPanelProps) => {
  const { seed, peers, faults, writes, durationMs } = plan
  return (
    <section className="stage-script stage-panel" aria-label="World seed">
      <h1>World seed {seed}</h1>
      <p className="stage-note">
        {count(peers, 'device')}, {count(faults.length, 'fault')} and {count(writes.length, 'write')} in{' '}
        {Math.round(durationMs / 1_000)} s. Then everything is healed, each device writes once more, and every rule is
        checked.
      </p>
      <button
        type="button"
        className="stage-button primary"
        disabled={state === 'playing'}
        // What goes wrong is shown below.
        onClick={() => void theater.play().catch(() => {})}
      >
        {state === 'playing' ? 'Running…' : 'Run it by the clock'}
      </button>
      <div role="status">{outcome && <Outcome outcome={outcome} theater={theater} />}</div>
      {problem !== undefined && (
        <p className="stage-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

const Outcome = ({ outcome, theater }: { readonly outcome: WorldOutcome; readonly theater: Theater }) => {
  const { findings, writes, recoveryMs, digest } = outcome
  return (
    <>
      <p className="stage-note">
        {count(writes, 'entry was', 'entries were')} kept.{' '}
        {recoveryMs === undefined
          ? 'It never came to rest after healing.'
          : `Everybody had everything ${Math.round(recoveryMs)} ms after healing.`}{' '}
        Runs with the digest <code>{digest}</code> are the same.
      </p>
      {findings.length === 0 ? (
        <p className="stage-fine">No rule was broken.</p>
      ) : (
        <>
          <FirstBroken theater={theater} />
          <ul className="stage-findings">
            {findings.map(({ rule, says }) => (
              <li key={rule + says} className="stage-problem">
                <strong>{rule}</strong> {ruleWords(rule)}
                <br />
                {says}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const FirstBroken = ({ theater }: { readonly theater: Theater }) => {
  const stage = theater.stage()
  useStageVersion(stage)
  const first = stage.history.moments.find(({ happened }) => happened.some(({ kind }) => kind === 'broken'))
  if (!first) return null
  return (
    <button type="button" className="stage-button" onClick={() => stage.show(first.n)}>
      Show where it broke
    </button>
  )
}
