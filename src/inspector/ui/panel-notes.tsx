import type { ReactNode } from 'react'
import type { RefusedFile } from './use-recordings.ts'

interface RefusalProps {
  readonly file: RefusedFile
  readonly onDismiss: () => void
}

/** A file that could not be opened: why, and what to do. */
export const Refusal = ({ file, onDismiss }: RefusalProps) => (
  <div className="fmi-refusal" role="alert" data-testid="refused-file">
    <p>
      <strong>{file.name}</strong> {file.error.message} {file.error.hint}
    </p>
    <button type="button" className="fmi-button" onClick={onDismiss}>
      Understood
    </button>
  </div>
)

/** Said while there is nothing to show. */
export const Waiting = ({ children }: { readonly children?: ReactNode }) => (
  <div className="fmi-waiting" role="status" data-testid="waiting">
    {children ?? <p>No device is recorded yet. Open a recording, or drop one here.</p>}
  </div>
)
