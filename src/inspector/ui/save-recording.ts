import type { Recording } from '../records.types.ts'

const partOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').replaceAll(/^-+|-+$/g, '')

/** A name for the file of a recording: device and time, such as `tablet-3.2026-11-22T10-04-09.fieldmesh-recording.json`. */
export const recordingFileName = ({ name = '', peerId, records }: Recording): string => {
  const at = new Date(records.at(-1)?.at ?? 0).toISOString().slice(0, 19).replaceAll(':', '-')
  return `${partOf(name) || peerId || 'device'}.${at}.fieldmesh-recording.json`
}

/** Hands a recording to the person as a file. */
export const saveRecording = (recording: Recording, document: Document): void => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(recording)], { type: 'application/json' }))
  const link = document.createElement('a')
  Object.assign(link, { href: url, download: recordingFileName(recording) })
  link.click()
  // The download has read it by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
