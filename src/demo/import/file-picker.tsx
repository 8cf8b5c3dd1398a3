import { type DragEvent, useState } from 'react'

interface FilePickerProps {
  readonly problem: string | undefined
  readonly onFile: (file: File) => void
}

/** Choose or drop a file. */
export const FilePicker = ({ problem, onFile }: FilePickerProps) => {
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) onFile(file)
  }
  const allow = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <>
      <label className="drop" data-over={over} onDrop={drop} onDragOver={allow} onDragLeave={() => setOver(false)}>
        <span className="drop-title">Choose a CSV or JSON file, or drop it here</span>
        <span className="muted">
          The first row of a CSV file names its columns. A JSON file holds a list of objects.
        </span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          data-testid="import-input"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) onFile(file)
          }}
        />
      </label>
      {problem && (
        <p className="problem" role="alert" data-testid="import-problem">
          {problem}
        </p>
      )}
    </>
  )
}
