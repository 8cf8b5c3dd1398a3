import { newBookLink, withSignaling } from '../address.ts'
import type { FieldmeshError } from '#model/fault'

/** What keeps the page from opening, in words. */
export type Trouble = Pick<FieldmeshError, 'message' | 'hint'> & Partial<Pick<FieldmeshError, 'code'>>

/** The room in the address does not fit its check. */
export const DAMAGED: Trouble = {
  message: 'This invitation is incomplete or mistyped.',
  hint: 'Ask for it again.',
}

/** The address opens nothing: why, and the ways on. */
export const BootProblem = ({ problem }: { readonly problem: Trouble }) => {
  const withoutSignaling = withSignaling(location.href, null)
  return (
    <main className="panel" data-testid="boot-problem">
      <h1>{problem.message}</h1>
      <p>{problem.hint}</p>
      <div className="actions">
        {problem.code === 'signaling-url' && (
          <a className="button primary" href={withoutSignaling} data-testid="without-signaling">
            Open without it
          </a>
        )}
        <a className="button" href={newBookLink(withoutSignaling)} data-testid="new-room">
          Start a new field book
        </a>
      </div>
    </main>
  )
}
