import { useEffect, useRef } from 'react'
import type { Moment } from './moment.types.ts'
import { clockWords } from './timeline-bar.tsx'

/** More are not drawn; the slider reaches them. */
const MOST_LISTED = 200
const AFTER_SHOWN = 40

/** Of one moment no more is listed: a large import is thousands of steps at once. */
const MOST_HAPPENED = 20

/** What is listed of a moment. */
export type ListedMoment = Pick<Moment, 'n' | 'at' | 'kind' | 'caption' | 'step' | 'happened'>

interface MomentListProps {
  /** A stage, or whatever else has moments to go to. */
  readonly stage: {
    readonly history: {
      readonly moments: readonly ListedMoment[]
      readonly dropped: number
      readonly cursor: number | undefined
    }
    readonly show: (n: number) => void
  }
}

/** The moments around the one that is shown, the newest last. */
export const MomentList = ({ stage }: MomentListProps) => {
  const { history } = stage
  const { moments, dropped, cursor } = history
  const list = useRef<HTMLOListElement>(null)
  const current = cursor ?? dropped + moments.length - 1
  const end = cursor === undefined ? moments.length : Math.min(moments.length, cursor - dropped + AFTER_SHOWN)
  const listed = moments.slice(Math.max(0, end - MOST_LISTED), end)
  useEffect(() => {
    const scroller = list.current
    if (!scroller) return
    const center = (): void => {
      const row = scroller.querySelector<HTMLElement>(`[data-n="${current}"]`)
      if (row) scroller.scrollTop = row.offsetTop - scroller.clientHeight / 2
    }
    // What stands above it may grow, and leave it less room. It looks as soon as it begins, too.
    const observer = new ResizeObserver(center)
    observer.observe(scroller)
    return () => observer.disconnect()
  }, [current])
  return (
    <ol className="stage-moments" ref={list}>
      {listed.map((moment) => (
        <li key={moment.n} data-n={moment.n}>
          <MomentButton moment={moment} isCurrent={moment.n === current} onShow={() => stage.show(moment.n)} />
          {moment.n === current && <Happened happened={moment.happened} />}
        </li>
      ))}
    </ol>
  )
}

interface MomentButtonProps {
  readonly moment: ListedMoment
  readonly isCurrent: boolean
  readonly onShow: () => void
}

const MomentButton = ({ moment: { at, caption, kind, step, happened }, isCurrent, onShow }: MomentButtonProps) => (
  <button
    type="button"
    className="stage-moment"
    data-kind={kind}
    aria-current={isCurrent ? 'step' : undefined}
    title={step ?? caption}
    onClick={onShow}
  >
    <time>{clockWords(at)}</time>
    <span>{caption}</span>
    {happened.length > 1 && <small>+{happened.length - 1}</small>}
  </button>
)

/** All that happened at the moment that is shown, each with its step as the machines name it. */
const Happened = ({ happened }: Pick<ListedMoment, 'happened'>) => {
  const rest = happened.length - MOST_HAPPENED
  if (happened.length < 2 && happened.every(({ step }) => step === undefined)) return null
  return (
    <ul className="stage-happened">
      {happened.slice(0, MOST_HAPPENED).map(({ says, step }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what happened at a moment never changes, and may be told twice.
        <li key={at}>
          {happened.length > 1 && <span>{says}</span>}
          {step !== undefined && <code>{step}</code>}
        </li>
      ))}
      {rest > 0 && <li>and {rest.toLocaleString('en')} more</li>}
    </ul>
  )
}
