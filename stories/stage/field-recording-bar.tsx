import { timeOfDay } from '#inspector/ui/words'
import type { FieldRecording } from './field-recording.types.ts'
import { clockWords } from './timeline-bar.tsx'

interface BarProps {
  readonly recording: FieldRecording
  /** The moment that is shown. */
  readonly n: number
  readonly onShow: (n: number) => void
}

interface GoProps {
  readonly words: string
  readonly says: string
  /** Absent where there is nothing more that way. */
  readonly to: number | undefined
  readonly onShow: (n: number) => void
}

const Go = ({ words, says, to, onShow }: GoProps) => (
  <button
    type="button"
    className="stage-button"
    aria-label={says}
    disabled={to === undefined}
    onClick={() => to !== undefined && onShow(to)}
  >
    {words}
  </button>
)

/** The time of a recording under one’s hand: every moment, event by event and fault by fault. */
export const FieldRecordingBar = ({ recording: { moments, begin }, n, onShow }: BarProps) => {
  const moment = moments[n]
  const faults = moments.filter(({ kind }) => kind === 'broken').map((each) => each.n)
  const at = moment?.at ?? 0
  return (
    <section className="stage-timeline" aria-label="Time">
      <div className="stage-row">
        <Go words="‹ Back" says="Back: one event" to={moments[n - 1]?.n} onShow={onShow} />
        <Go words="Step ›" says="Step: one event" to={moments[n + 1]?.n} onShow={onShow} />
        <Go words="‹ Fault" says="Back to the last fault" to={faults.findLast((each) => each < n)} onShow={onShow} />
        <Go words="Fault ›" says="On to the next fault" to={faults.find((each) => each > n)} onShow={onShow} />
        <output className="stage-clock" aria-label="Time since the recording began">
          {clockWords(at)}
        </output>
      </div>
      <div className="stage-scrub">
        <input
          type="range"
          min={0}
          max={moments.length - 1}
          value={n}
          aria-label="Moment"
          aria-valuetext={`${clockWords(at)}, ${moment?.caption ?? ''}`}
          onChange={(event) => onShow(Number(event.target.value))}
        />
        <p className="stage-caption">
          <span>
            {timeOfDay(begin + at)} on its clock, {(n + 1).toLocaleString('en')} of{' '}
            {moments.length.toLocaleString('en')}
          </span>{' '}
          <strong data-kind={moment?.kind}>{moment?.caption}</strong>{' '}
          {moment?.step !== undefined && <code>{moment.step}</code>}
        </p>
      </div>
    </section>
  )
}
