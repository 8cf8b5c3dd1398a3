import type { SyncEngine } from '#engine/types'
import { createFlightRecorder, type FlightRecorder } from '#inspector/create-flight-recorder'
import { type ServedInspector, serveInspector } from '#inspector/serve-inspector'
import { inspectorWindowsClosed, isRecordingKept, keepRecordingOn } from './inspection-windows.ts'

/** One recorder for whoever looks: this page, inspector windows, or the person who keeps recording on. */
export interface InspectionSession {
  /** Shows this device to inspector windows, as long as there are any. */
  readonly serve: () => void
  readonly keepRecording: (isOn: boolean) => void
  /** Opens the inspector at the bottom of the page, or closes it. */
  readonly toggleDock: () => Promise<void>
}

/** Who wants the recording; while there is nobody, nothing is recorded. */
type Looker = 'dock' | 'windows' | 'keeper'

const createSession = (engine: SyncEngine, name: string): InspectionSession => {
  const lookers = new Set<Looker>()
  let recorder: FlightRecorder | undefined
  let served: ServedInspector | undefined
  let closeDock: (() => void) | undefined

  const begin = (looker: Looker): FlightRecorder => {
    lookers.add(looker)
    recorder ??= createFlightRecorder(engine, { name })
    return recorder
  }
  const end = (looker: Looker): void => {
    lookers.delete(looker)
    if (lookers.size > 0) return
    recorder?.detach()
    recorder = undefined
  }
  const keepRecording = (isOn: boolean): void => {
    keepRecordingOn(isOn)
    if (isOn) begin('keeper')
    else end('keeper')
  }
  let opening: Promise<void> | undefined
  const openDock = async (): Promise<void> => {
    const { showDock } = await import('./inspection-dock.tsx')
    const close = showDock({
      source: begin('dock'),
      isKept: isRecordingKept(),
      onKeep: keepRecording,
      onClose: () => closeDock?.(),
    })
    closeDock = () => {
      closeDock = undefined
      close()
      end('dock')
    }
  }
  return {
    serve: () => {
      if (served) return
      served = serveInspector(begin('windows'))
      void inspectorWindowsClosed()
        .catch((error: unknown) => console.error('it is not known when inspector windows close', error))
        .then(() => {
          served?.close()
          served = undefined
          end('windows')
        })
    },
    keepRecording,
    toggleDock: async () => {
      if (closeDock) return closeDock()
      // Who asks again while it is loaded gets the same one.
      opening ??= openDock().finally(() => {
        opening = undefined
      })
      return opening
    },
  }
}

const sessions = new WeakMap<SyncEngine, InspectionSession>()

/** The session of an engine: one, however often it is asked for. */
export const inspectionSession = (engine: SyncEngine, name: string): InspectionSession => {
  const session = sessions.get(engine) ?? createSession(engine, name)
  sessions.set(engine, session)
  return session
}
