import type { Explanation } from '#engine/types'
import type { TimelineView } from '#inspector/ui/timeline'
import { connectionWords, stateWords } from '../../src/demo/words.ts'
import { FieldRecordingCharts } from './field-recording-charts.tsx'
import { titleOf } from './field-recording-moments.ts'
import { isTrouble } from './field-recording-troubles.ts'
import type { RecordedDevice, RecordedMoment } from './field-recording.types.ts'
import { DEVICE_WIDTH } from './stage-device.tsx'
import { clockWords } from './timeline-bar.tsx'

/** What went wrong before is listed no further back. */
const MOST_PROBLEMS = 3

interface DeviceProps {
  readonly device: RecordedDevice
  readonly view: TimelineView
  /** What went wrong on this device until now, the newest last. */
  readonly problems: readonly RecordedMoment[]
  readonly scale: number
  readonly onShow: (n: number) => void
}

/** One device of a recording: what its person would have seen, what went wrong, and its charts. */
export const FieldRecordingDevice = ({ device, view, problems, scale, onShow }: DeviceProps) => {
  const { title, status, explained } = device
  const { text, tone } = status ? connectionWords(status) : { text: 'Charts only', tone: 'quiet' }
  return (
    <section className="stage-device" aria-label={title} style={{ width: DEVICE_WIDTH * scale }}>
      <div className="stage-device-head">
        <h2>{title}</h2>
        <span className="chip" data-tone={tone}>
          {text}
        </span>
      </div>
      <div className="stage-screen field-screen">
        <ul className="field-said" aria-label={`What a person saw on ${title}`}>
          {explained.map((each) => (
            <Said key={`${each.subject} ${each.peerId ?? ''}`} explanation={each} view={view} />
          ))}
        </ul>
        {!status && <p>No sync engine was recorded here: only its charts can be shown.</p>}
        <p className="field-quiet">Records are not shown: their content never left the device.</p>
      </div>
      <Problems title={title} problems={problems} onShow={onShow} />
      <FieldRecordingCharts device={device} view={view} />
    </section>
  )
}

const SUBJECTS: Readonly<Record<Explanation['subject'], string>> = {
  engine: 'This device',
  storage: 'Storage',
  signaling: 'Signaling server',
  peer: 'Another device',
}

const toneOf = (explanation: Explanation): string => {
  if (explanation.healthy) return 'good'
  return isTrouble(explanation) ? 'bad' : 'busy'
}

interface SaidProps {
  readonly explanation: Explanation
  readonly view: TimelineView
}

/** One thing that the device told its person: how it is, why, and what to do. */
const Said = ({ explanation, view }: SaidProps) => {
  const { subject, peerId, state, cause, nextStep, healthy } = explanation
  const who = peerId === undefined ? SUBJECTS[subject] : titleOf(view, peerId)
  return (
    <li data-tone={toneOf(explanation)} data-subject={subject} data-state={state}>
      <strong>
        {who}
        {subject === 'peer' && `: ${wordsOf(state)}`}
      </strong>
      <p>
        {cause} {!healthy && nextStep}
      </p>
    </li>
  )
}

const wordsOf = (state: string): string => stateWords(state as Parameters<typeof stateWords>[0])

/** Faults and broken laws until now, each with the way to its moment. */
const Problems = ({ title, problems, onShow }: Pick<DeviceProps, 'problems' | 'onShow'> & { readonly title: string }) =>
  problems.length > 0 && (
    <ul className="field-problems" aria-label={`What went wrong on ${title}`}>
      {problems.slice(-MOST_PROBLEMS).map(({ n, at, caption }) => (
        <li key={n}>
          <button type="button" onClick={() => onShow(n)}>
            <time>{clockWords(at)}</time> {caption.slice(caption.indexOf(': ') + 2)}
          </button>
        </li>
      ))}
    </ul>
  )
