import { useRef } from 'react'
import type { RefusedFile } from '#inspector/ui/use-recordings'
import type { ShownDevice } from '#inspector/ui/timeline'
import { counted } from '#inspector/ui/words'

interface PanelProps {
  readonly devices: readonly ShownDevice[]
  /** It was made for the story, and came from no file. */
  readonly isExample: boolean
  readonly refused?: RefusedFile
  readonly onOpen: (files: Iterable<File>) => void
  readonly onDismiss: () => void
}

/** What is shown, and the way to open something else. */
export const FieldRecordingPanel = ({ devices, isExample, refused, onOpen, onDismiss }: PanelProps) => (
  <section className="stage-script" aria-label="Field recording">
    <h1>Field recording</h1>
    <p className="stage-note">{aboutOf(devices.length, isExample)}</p>
    <OpenFiles onOpen={onOpen} />
    {refused && (
      <div className="stage-problem" role="alert">
        <p>
          <strong>{refused.name}</strong> {refused.error.message} {refused.error.hint}
        </p>
        <button type="button" className="stage-button small" onClick={onDismiss}>
          Understood
        </button>
      </div>
    )}
  </section>
)

const aboutOf = (devices: number, isExample: boolean): string => {
  if (devices === 0) return 'Time travel through what happened in the field, at the desk.'
  if (isExample) return 'An example: two devices meet, lose each other, and find each other again. Open your own below.'
  return `${counted(devices, 'device')}, ${devices === 1 ? 'by its own clock' : 'each by its own clock'}.`
}

const OpenFiles = ({ onOpen }: Pick<PanelProps, 'onOpen'>) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="stage-button primary" onClick={() => input.current?.click()}>
        Open recordings…
      </button>
      <p className="stage-note">Or drop files here: one for each device.</p>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,application/json"
        aria-label="Open recordings"
        data-testid="open-recording"
        onChange={({ target }) => {
          const files = Array.from(target.files ?? [])
          target.value = ''
          onOpen(files)
        }}
      />
    </>
  )
}
