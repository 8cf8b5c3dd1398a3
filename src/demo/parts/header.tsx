import { useOutbox, useSyncStatus } from '#react/index'
import { connectionWords, outboxChip } from '../words.ts'

/** Name of the app, what waits, and the connection: always in sight. */
export const Header = () => {
  const status = useSyncStatus()
  const { count } = useOutbox()
  const { text, tone } = connectionWords(status)
  return (
    <header className="header">
      <p className="brand">Field book</p>
      <div className="header-state" role="status" aria-live="polite">
        <span className="chip" data-tone={tone} data-testid="connection-state" data-mode={status.mode}>
          {text}
        </span>
        {status.phase === 'running' && (
          <span className="chip" data-tone={count > 0 ? 'busy' : 'quiet'} data-testid="outbox-count" data-count={count}>
            {outboxChip(count)}
          </span>
        )}
      </div>
    </header>
  )
}
