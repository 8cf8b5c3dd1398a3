import { useWritingBar } from '../use-writing-bar.ts'
import { count } from '../words.ts'
import { FilePicker } from '../import/file-picker.tsx'
import { ImportChoice } from '../import/import-choice.tsx'
import { ImportOutcome } from '../import/import-outcome.tsx'
import type { Import } from '../import/use-import.ts'

interface ImportScreenProps {
  /** Outlives this screen, so that a look at another tab loses nothing. */
  readonly importing: Import
  /** Resource types that have a list already. */
  readonly types: readonly string[]
  readonly onShow: (type: string) => void
}

/** A file becomes records. */
export const ImportScreen = ({ importing, types, onShow }: ImportScreenProps) => {
  const { stage, open, planOf, run, reset, cancel } = importing
  const bar = useWritingBar()
  return (
    <section className="screen" aria-label="Import">
      <h1>Import</h1>
      {bar && <p className="warning">{bar}</p>}
      {!bar && stage.stage === 'choosing' && <FilePicker problem={stage.problem} onFile={(file) => void open(file)} />}
      {stage.stage === 'reading' && <p role="status">Reading {stage.name}…</p>}
      {!bar && stage.stage === 'ready' && (
        <ImportChoice
          file={stage.file}
          types={types}
          planOf={planOf}
          onStart={(choices) => void run(stage.file, choices)}
          onBack={reset}
        />
      )}
      {stage.stage === 'importing' && <Progress done={stage.done} total={stage.total} onCancel={cancel} />}
      {stage.stage === 'done' && (
        <ImportOutcome
          name={stage.file.name}
          plan={stage.plan}
          result={stage.result}
          onResume={() => void run(stage.file, stage.choices)}
          onShow={() => onShow(stage.choices.resourceType)}
          onAgain={reset}
        />
      )}
    </section>
  )
}

interface ProgressProps {
  readonly done: number
  readonly total: number
  readonly onCancel: () => void
}

const Progress = ({ done, total, onCancel }: ProgressProps) => (
  <div className="card" data-testid="import-progress" data-done={done} data-total={total}>
    <label className="field">
      <span className="label" role="status">
        {done.toLocaleString('en')} of {count(total, 'row')} saved on this device
      </span>
      <progress max={Math.max(1, total)} value={done} />
    </label>
    <button type="button" className="button" data-testid="import-cancel" onClick={onCancel}>
      Cancel
    </button>
  </div>
)
