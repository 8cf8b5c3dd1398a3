import { Problem } from '../parts/problem.tsx'
import { count } from '../words.ts'
import { splitResult } from './import-words.ts'
import type { ImportResult } from './run-import.ts'
import type { ImportPlan } from './to-inputs.ts'

interface ImportOutcomeProps {
  readonly name: string
  readonly plan: ImportPlan
  readonly result: ImportResult
  readonly onShow: () => void
  readonly onAgain: () => void
}

const MOST_LISTED = 200

/** What became of every row. */
export const ImportOutcome = ({ name, plan, result, onShow, onAgain }: ImportOutcomeProps) => {
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
            {count(left, 'row')} not imported{problem ? '' : ': canceled'}. Import the file again to go on; what is
            there is not written twice.
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
        <button type="button" className="button primary" onClick={onShow} data-testid="import-show">
          Show the records
        </button>
        <button type="button" className="button" onClick={onAgain}>
          Import another file
        </button>
      </div>
    </div>
  )
}
