import { useRef, useState } from 'react'
import type { MemberView } from '#engine/members.types'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useMembers } from '#react/index'
import { useDeviceName } from '../use-device-name.ts'
import { Drawer } from './drawer.tsx'
import { Fingerprint } from './fingerprint.tsx'
import { OwnRemoval, RemovalMeans } from './removal-means.tsx'
import { Problem } from './problem.tsx'

interface RemoveDialogProps {
  readonly member: MemberView
  readonly onClose: () => void
  /** It is removed, in words. */
  readonly onDone: (words: string) => void
}

/** As much as a removal carries. */
const MOST_CHARACTERS = 256

/** Says what a removal does and what it does not, before it is done for good. */
export const RemoveDialog = ({ member, onClose, onDone }: RemoveDialogProps) => {
  const { peerId, isSelf, standing, fingerprint } = member
  const { remove } = useMembers()
  const name = useDeviceName()(peerId)
  const dialog = useRef<HTMLDialogElement>(null)
  const [why, setWhy] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FieldmeshError>()
  const confirm = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      await remove(peerId, why.trim() || undefined)
      onDone(`${name} is removed.`)
    } catch (error) {
      setProblem(toFieldmeshError(error))
      setBusy(false)
    }
  }
  const deed = standing === 'waiting' ? 'Refuse' : 'Remove'
  return (
    <Drawer dialog={dialog} label={`${deed} ${name}?`} begins="title" testId="remove-dialog" onClose={onClose}>
      <form className="form" onSubmit={(event) => event.preventDefault()} noValidate>
        {isSelf && <OwnRemoval />}
        {fingerprint && <Fingerprint digits={fingerprint} />}
        <RemovalMeans />
        <label className="field">
          <span className="label">
            Reason <span className="needed">(if you like; everybody here can read it)</span>
          </span>
          <textarea
            rows={2}
            maxLength={MOST_CHARACTERS}
            value={why}
            data-testid="removal-reason"
            onChange={(event) => setWhy(event.target.value)}
          />
        </label>
        <div className="actions sticky">
          <Problem problem={problem} />
          <button type="button" className="button" onClick={onClose}>
            Keep it
          </button>
          <button
            type="button"
            className="button danger"
            disabled={busy}
            data-testid="confirm-remove"
            onClick={() => void confirm()}
          >
            {busy ? 'Saving…' : `${deed} for good`}
          </button>
        </div>
      </form>
    </Drawer>
  )
}
