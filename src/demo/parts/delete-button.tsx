import { useState } from 'react'

interface DeleteButtonProps {
  readonly disabled: boolean
  readonly onDelete: () => void
}

/** Takes the focus once, when it appears. */
const focus = (element: HTMLElement | null) => element?.focus()

/** Asks once before deleting. What keeps the record stands where Delete stood: a second click does no harm. */
export const DeleteButton = ({ disabled, onDelete }: DeleteButtonProps) => {
  const [state, setState] = useState<'idle' | 'asking' | 'kept'>('idle')
  if (state !== 'asking') {
    return (
      <button
        type="button"
        key="delete"
        ref={state === 'kept' ? focus : undefined}
        className="button quiet"
        disabled={disabled}
        data-testid="delete"
        onClick={() => setState('asking')}
      >
        Delete
      </button>
    )
  }
  return (
    <>
      <button type="button" key="keep" ref={focus} className="button quiet" onClick={() => setState('kept')}>
        Keep
      </button>
      <button
        type="button"
        className="button danger"
        disabled={disabled}
        data-testid="confirm-delete"
        onClick={onDelete}
      >
        Delete on all devices
      </button>
    </>
  )
}
