import { useId } from 'react'
import type { Stage } from './stage.types.ts'
import { useStageVersion } from './use-watched.ts'

const SPEEDS = [0.1, 1, 4, 20]

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')

/** Minutes, seconds and ms of the world's time. */
export const clockWords = (ms: number): string => {
  const whole = Math.floor(ms)
  return `${pad(Math.floor(whole / 60_000), 2)}:${pad(Math.floor(whole / 1_000) % 60, 2)}.${pad(whole % 1_000, 3)}`
}

/** The time of the world under one's hand: play, step, speed, and every moment to go back to. */
export const TimelineBar = ({ stage }: { readonly stage: Stage }) => {
  useStageVersion(stage)
  const { pacer, history } = stage
  const isPast = history.cursor !== undefined
  const whyId = useId()
  const play = () => (pacer.isPlaying ? pacer.pause() : pacer.play())
  return (
    <section className="stage-timeline" aria-label="Time" data-past={isPast}>
      <div className="stage-row">
        <button
          type="button"
          className="stage-button"
          onClick={() => stage.back()}
          disabled={history.moments.length < 2 || history.cursor === history.dropped}
          aria-label="Back: one event"
        >
          ‹ Back
        </button>
        <button
          type="button"
          className="stage-button primary play"
          // It stays in reach of the keyboard, or nobody there would be told why it does nothing.
          aria-disabled={isPast}
          aria-describedby={isPast ? whyId : undefined}
          onClick={isPast ? undefined : play}
        >
          {pacer.isPlaying ? 'Pause' : 'Play'}
        </button>
        <button
          type="button"
          className="stage-button"
          onClick={() => void stage.step()}
          disabled={pacer.isPlaying && !isPast}
          aria-label="Step: one event"
        >
          Step ›
        </button>
        <label className="stage-speed">
          <span className="hidden">Speed of the clock</span>
          <select value={pacer.speed} onChange={(event) => pacer.setSpeed(Number(event.target.value))}>
            {(SPEEDS.includes(pacer.speed) ? SPEEDS : [pacer.speed, ...SPEEDS]).map((speed) => (
              <option key={speed} value={speed}>
                {speed} × time
              </option>
            ))}
          </select>
        </label>
        <output className="stage-clock" aria-label="Time of the world">
          {clockWords(isPast ? stage.scene().at : pacer.playhead())}
        </output>
      </div>
      <Slider stage={stage} />
      {isPast && (
        <p className="stage-why" id={whyId}>
          The past stands still. Jump to now to play on.
        </p>
      )}
      <button type="button" className="stage-button" disabled={!isPast} onClick={() => stage.show()}>
        Jump to now
      </button>
    </section>
  )
}

const Slider = ({ stage }: { readonly stage: Stage }) => {
  const { moments, dropped, cursor, shown } = stage.history
  const newest = dropped + moments.length - 1
  const at = cursor ?? newest
  const moment = shown ?? moments.at(-1)
  return (
    <div className="stage-scrub">
      <input
        type="range"
        min={dropped}
        max={newest}
        value={at}
        aria-label="Moment"
        aria-valuetext={`${clockWords(moment?.at ?? 0)}, ${moment?.caption ?? ''}`}
        onChange={(event) => stage.show(Number(event.target.value))}
      />
      <p className="stage-caption">
        <span>
          {cursor === undefined
            ? 'Now'
            : `Past, ${(at - dropped + 1).toLocaleString('en')} of ${moments.length.toLocaleString('en')}`}
        </span>{' '}
        <strong>{moment?.caption}</strong> {moment?.step !== undefined && <code>{moment.step}</code>}
        {dropped > 0 && <em> {dropped.toLocaleString('en')} older moments were dropped</em>}
      </p>
    </div>
  )
}
