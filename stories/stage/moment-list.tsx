import { useEffect, useRef } from 'react'
import type { Moment } from './moment.types.ts'
import { clockWords } from './timeline-bar.tsx'

/** More are not drawn; the slider reaches them. */
const MOST_LISTED = 200
const AFTER_SHOWN = 40

/** What is listed of a moment. */
export type ListedMoment = Pick<Moment, 'n' | 'at' | 'kind' | 'caption' | 'happened'>

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
    const row = scroller?.querySelector<HTMLElement>(`[data-n="${current}"]`)
    if (scroller && row) scroller.scrollTop = row.offsetTop - scroller.clientHeight / 2
  }, [current])
  return (
    <ol className="stage-moments" ref={list}>
      {listed.map((moment) => (
        <li key={moment.n} data-n={moment.n} data-kind={moment.kind}>
          <MomentButton moment={moment} isCurrent={moment.n === current} onShow={() => stage.show(moment.n)} />
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

const MomentButton = ({ moment: { at, caption, happened }, isCurrent, onShow }: MomentButtonProps) => (
  <button
    type="button"
    className="stage-moment"
    aria-current={isCurrent ? 'step' : undefined}
    title={happened.map(({ says }) => says).join('\n')}
    onClick={onShow}
  >
    <time>{clockWords(at)}</time>
    <span>{caption}</span>
    {happened.length > 1 && <small>+{happened.length - 1}</small>}
  </button>
)
