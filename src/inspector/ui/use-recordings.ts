import { type DragEvent, useCallback, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { parseRecording } from '../parse-recording.ts'
import type { Recording } from '../records.types.ts'

/** A file that is no recording, and why. */
export interface RefusedFile {
  readonly name: string
  readonly error: FieldmeshError
}

interface Opened {
  readonly recordings?: readonly Recording[]
  readonly refused?: RefusedFile
}

const read = async (file: File): Promise<Recording | RefusedFile> => {
  try {
    return parseRecording(await file.text())
  } catch (error) {
    return { name: file.name, error: toFieldmeshError(error, 'recording-damaged') }
  }
}

const isRefused = (file: Recording | RefusedFile): file is RefusedFile => 'error' in file
const isRecording = (file: Recording | RefusedFile): file is Recording => !isRefused(file)

/** Recordings from files: chosen, or dropped onto the panel. Several are shown side by side. */
export const useRecordings = () => {
  const [opened, setOpened] = useState<Opened>({})
  const open = useCallback(async (files: Iterable<File>) => {
    const all = await Promise.all(Array.from(files, read))
    const refused = all.find(isRefused)
    const recordings = all.filter(isRecording)
    if (refused) setOpened((before) => ({ ...before, refused }))
    else if (recordings.length > 0) setOpened({ recordings })
  }, [])
  const drop = useCallback(
    (event: DragEvent) => {
      const { files } = event.dataTransfer
      event.preventDefault()
      void open(files)
    },
    [open],
  )
  const allow = useCallback((event: DragEvent) => {
    if (event.dataTransfer.types.includes('Files')) event.preventDefault()
  }, [])
  return {
    ...opened,
    open,
    close: useCallback(() => setOpened({}), []),
    dismiss: useCallback(() => setOpened(({ refused: _refused, ...rest }) => rest), []),
    dropping: { onDrop: drop, onDragOver: allow },
  }
}
