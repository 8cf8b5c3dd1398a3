import { useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useMembers } from '#react/index'
import { Problem } from './problem.tsx'

/** Takes the focus once, when it appears. */
const focus = (element: HTMLElement | null) => element?.focus()

/** An invitation that went astray must not stay one. Asks once; what keeps it stands where the question was raised. */
export const ChangeInvitation = ({ onChanged }: { readonly onChanged: () => void }) => {
  const { policy, mayDecide, rotateSecret } = useMembers()
  const [state, setState] = useState<'idle' | 'asking' | 'busy' | 'kept' | 'changed'>('idle')
  const [problem, setProblem] = useState<FieldmeshError>()
  if (policy !== 'secret-only' && !mayDecide) return null
  const change = async () => {
    setState('busy')
    setProblem(undefined)
    try {
      await rotateSecret()
      setState('changed')
      onChanged()
    } catch (error) {
      setProblem(toFieldmeshError(error))
      setState('kept')
    }
  }
  const isAsking = state === 'asking' || state === 'busy'
  return (
    <div className="card" data-testid="change-invitation">
      <p>
        Has the invitation come into the wrong hands? Make a new one: those handed out so far then let nobody in any
        more. Devices that belong here stay, and are told when they connect. It shuts out no device that is in already.
      </p>
      <div className="actions">
        {isAsking ? (
          <>
            <button type="button" key="keep" ref={focus} className="button" onClick={() => setState('kept')}>
              Keep the old one
            </button>
            <button
              type="button"
              className="button danger"
              disabled={state === 'busy'}
              data-testid="confirm-change"
              onClick={() => void change()}
            >
              {state === 'busy' ? 'Saving…' : 'Make the old ones worthless'}
            </button>
          </>
        ) : (
          <button
            type="button"
            key="change"
            ref={state === 'idle' ? undefined : focus}
            className="button"
            data-testid="change"
            onClick={() => setState('asking')}
          >
            Change the invitation
          </button>
        )}
      </div>
      <p className="outcome" role="status">
        {state === 'changed' && 'The invitation above is the new one.'}
      </p>
      <Problem problem={problem} />
    </div>
  )
}
