import type { SyncEngine } from '#engine/types'
import { isInspectorWindowOpen, isRecordingKept, KNOCKS } from './inspection-windows.ts'

/**
 * Ctrl and the key left of 1. Browsers and screen readers leave it alone: VoiceOver has Ctrl+Option, NVDA, JAWS and Orca
 * have Insert or Caps Lock, developer tools have Ctrl+Shift or Cmd+Option.
 */
const isInspectorKey = ({ code, ctrlKey, altKey, shiftKey, metaKey }: KeyboardEvent): boolean =>
  code === 'Backquote' && ctrlKey && !altKey && !shiftKey && !metaKey

const isInAddress = (): boolean => new URLSearchParams(location.search).has('inspect')

/**
 * Lets the engine be looked at, by this page or by inspector windows. Until somebody wants to look, nothing of the
 * inspector is loaded and nothing is recorded: a page only listens for a knock. With `?inspect`, or where recording is
 * kept on, it begins before the engine does; to be awaited, therefore, before the start.
 *
 * @param name what inspectors call this device
 */
export const offerInspection = async (engine: SyncEngine, name: string): Promise<void> => {
  let session: Promise<typeof import('./inspection-session.ts')> | undefined
  const open = async () => {
    session ??= import('./inspection-session.ts')
    return (await session).inspectionSession(engine, name)
  }
  const toggle = async () => (await open()).toggleDock()
  const report = (error: unknown) => console.error('the inspector could not be opened', error)

  new BroadcastChannel(KNOCKS).onmessage = () => void open().then(({ serve }) => serve(), report)
  addEventListener('keydown', (event) => {
    if (!isInspectorKey(event)) return
    event.preventDefault()
    toggle().catch(report)
  })
  try {
    if (isRecordingKept()) (await open()).keepRecording(true)
    if (isInAddress()) await toggle()
    if (await isInspectorWindowOpen()) (await open()).serve()
  } catch (error) {
    report(error)
  }
}
