import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Recording } from '#inspector/records.types'
import { useRecordings } from '#inspector/ui/use-recordings'
import { FieldRecordingBar } from './field-recording-bar.tsx'
import { FieldRecordingDevice } from './field-recording-device.tsx'
import { FieldRecordingPanel } from './field-recording-panel.tsx'
import { readFieldRecording } from './field-recording-read.ts'
import type { FieldRecording, RecordedMoment } from './field-recording.types.ts'
import { MomentList } from './moment-list.tsx'
import { useScale } from './use-scale.ts'
import './stage.css'
import './moments.css'
import './devices.css'
import './timeline.css'
import './narrow.css'
import './field-recording.css'

interface FieldRecordingViewProps {
  /** Shown until a file is opened. */
  readonly example?: readonly Recording[]
}

const NOTHING: readonly Recording[] = []

/** Recordings from the field on the stage: opened from files, by choice or by drop. */
export const FieldRecordingView = ({ example = NOTHING }: FieldRecordingViewProps) => {
  const { recordings, refused, open, dismiss, dropping } = useRecordings()
  const shown = recordings ?? example
  const recording = useMemo(() => readFieldRecording(shown), [shown])
  const panel = (
    <FieldRecordingPanel
      devices={recording.view.devices}
      isExample={recordings === undefined}
      onOpen={(files) => void open(files)}
      onDismiss={dismiss}
      {...(refused && { refused })}
    />
  )
  return (
    <div className="stage field" {...dropping}>
      {shown.length === 0 ? (
        <Nothing panel={panel} />
      ) : (
        <Course key={identityOf(shown)} recording={recording} panel={panel} />
      )}
    </div>
  )
}

/** Another recording begins where it is worth looking, whatever was shown before. */
const identityOf = (recordings: readonly Recording[]): string =>
  recordings.map(({ peerId, dropped, records }) => `${peerId} ${records[0]?.at} ${dropped + records.length}`).join('\n')

const Nothing = ({ panel }: { readonly panel: ReactNode }) => (
  <>
    <div className="stage-side">{panel}</div>
    <main className="stage-devices field-empty" aria-label="Devices of the recording">
      <div className="field-how">
        <h2>No recording is open</h2>
        <ol>
          <li>On the device where it went wrong, open the inspector in the app and press “Save”.</li>
          <li>
            Bring the file here. Its name ends in .fieldmesh-recording.json; it leaves the device by your hand only.
          </li>
          <li>Drop it on this page. Drop the files of several devices at once to see them side by side.</li>
        </ol>
      </div>
    </main>
  </>
)

/** Where something went wrong first; where nothing did, the end. */
const whereToLook = ({ moments }: FieldRecording): number =>
  (moments.find(({ kind }) => kind === 'broken') ?? moments.at(-1))?.n ?? 0

interface CourseProps {
  readonly recording: FieldRecording
  readonly panel: ReactNode
}

/** All devices at one moment, and the ways to another. */
const Course = ({ recording, panel }: CourseProps) => {
  const [n, show] = useState(() => whereToLook(recording))
  const { moments } = recording
  return (
    <>
      <div className="stage-side">
        {panel}
        <details className="stage-part grows" open>
          <summary>What happened</summary>
          <MomentList stage={{ history: { moments, dropped: 0, cursor: n }, show }} />
        </details>
      </div>
      <Devices recording={recording} n={n} onShow={show} />
      <FieldRecordingBar recording={recording} n={n} onShow={show} />
    </>
  )
}

interface DevicesProps {
  readonly recording: FieldRecording
  readonly n: number
  readonly onShow: (n: number) => void
}

const isBrokenOn = (key: string, { happened }: RecordedMoment): boolean =>
  happened.some(({ kind, device }) => kind === 'broken' && device === key)

const Devices = ({ recording, n, onShow }: DevicesProps) => {
  const { moments, view } = recording
  const row = useRef<HTMLElement>(null)
  const scale = useScale(row, view.devices.length)
  const place = moments[n]?.place ?? -1
  const devices = useMemo(() => recording.devicesAt(place), [recording, place])
  const until = moments.slice(0, n + 1)
  return (
    <main className="stage-devices" aria-label="Devices of the recording" ref={row}>
      {devices.map((device) => (
        <FieldRecordingDevice
          key={device.key}
          device={device}
          view={view}
          problems={until.filter((moment) => isBrokenOn(device.key, moment))}
          scale={scale}
          onShow={onShow}
        />
      ))}
    </main>
  )
}
