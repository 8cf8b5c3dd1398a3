import { Problem } from '../parts/problem.tsx'
import { count } from '../words.ts'
import { splitResult } from './import-words.ts'
import type { ImportResult } from './run-import.ts'
import type { ImportPlan } from './to-inputs.ts'

interface ImportOutcomeProps {
  readonly name: string
  readonly plan: ImportPlan
  readonly result: ImportResult
  /** Imports what is left. */
  readonly onResume: () => void
  readonly onShow: () => void
  readonly onAgain: () => void
}

const MOST_LISTED = 200

/** What became of every row. */
export const ImportOutcome = ({ name, plan, result, onResume, onShow, onAgain }: ImportOutcomeProps) => {
  const bad = [...plan.bad, ...result.bad].toSorted((a, b) => a.row - b.row)
  const { imported, left, problem } = result
  const { created, changed } = splitResult(plan, result)
  return (
    <div className="card" data-testid="import-result" data-imported={imported} data-bad={bad.length}>
      <h2>{name}</h2>
      <div role="status">
        <p className="figure">{count(imported, 'row')} imported</p>
        {created > 0 && <p>{count(created, 'new record')}.</p>}
        {changed > 0 && <p>{count(changed, 'record')} changed.</p>}
        {plan.unchanged > 0 && <p>{count(plan.unchanged, 'row')} unchanged: the records hold the same already.</p>}
        {bad.length > 0 && <p>{count(bad.length, 'bad row')} left out.</p>}
        {left > 0 && (
          <p>
            {count(left, 'row')} not imported{problem ? '' : ': canceled'}. What is there is not written twice.
          </p>
        )}
      </div>
      <Problem problem={problem} />
      {bad.length > 0 && (
        <details className="bad-rows" open>
          <summary>Bad rows</summary>
          <ul>
            {bad.slice(0, MOST_LISTED).map(({ row, reason }) => (
              <li key={row}>
                Row {row}: {reason}
              </li>
            ))}
          </ul>
          {bad.length > MOST_LISTED && (
            <p className="muted">and {(bad.length - MOST_LISTED).toLocaleString('en')} more</p>
          )}
        </details>
      )}
      <div className="actions">
        {left > 0 && (
          <button type="button" className="button primary" onClick={onResume} data-testid="import-resume">
            Import the rest
          </button>
        )}
        <button
          type="button"
          className={left > 0 ? 'button' : 'button primary'}
          onClick={onShow}
          data-testid="import-show"
        >
          Show the records
        </button>
        <button type="button" className="button" onClick={onAgain}>
          Import another file
        </button>
      </div>
    </div>
  )
}
