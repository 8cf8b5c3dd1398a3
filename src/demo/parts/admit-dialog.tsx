import { useId, useRef, useState } from 'react'
import type { MemberView } from '#engine/members.types'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useMembers } from '#react/index'
import type { Role } from '#trust/membership/membership.types'
import { isLessThan, ROLE_NAMES } from '../member-words.ts'
import { useAdmission } from '../use-admission.ts'
import { useDeviceName } from '../use-device-name.ts'
import { Allowed } from './allowed.tsx'
import { Compare } from './compare.tsx'
import { Drawer } from './drawer.tsx'
import { Problem } from './problem.tsx'
import { RoleChoice } from './role-choice.tsx'

interface AdmitDialogProps {
  readonly member: MemberView
  readonly onClose: () => void
  /** It is admitted: as what, in words. */
  readonly onDone: (words: string) => void
}

/** Names what is about to be allowed, and to which device; signs it only for somebody who compared the digits. */
export const AdmitDialog = ({ member, onClose, onDone }: AdmitDialogProps) => {
  const { peerId, standing, fingerprint } = member
  const { admit } = useMembers()
  const nameOf = useDeviceName()
  const dialog = useRef<HTMLDialogElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(member.name)
  const [role, setRole] = useState<Role>(member.role ?? 'member')
  const [isSame, setSame] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<FieldmeshError>()
  const { admission, badName, refusal } = useAdmission(peerId, role, name)
  const confirm = async () => {
    setAsked(true)
    setProblem(undefined)
    if (badName) return nameField.current?.focus()
    setBusy(true)
    try {
      await admit(peerId, { role, name: name.trim() })
      onDone(`${name.trim()} is admitted: ${ROLE_NAMES[role]}.`)
    } catch (error) {
      setProblem(toFieldmeshError(error))
      setBusy(false)
    }
  }
  return (
    <Drawer
      dialog={dialog}
      label={standing === 'waiting' ? 'Add a device' : `Renew or change ${nameOf(peerId)}`}
      begins="title"
      testId="admit-dialog"
      onClose={onClose}
    >
      <form className="form" onSubmit={(event) => event.preventDefault()} noValidate>
        <Compare digits={admission?.fingerprint ?? fingerprint} isSame={isSame} onSame={setSame} />
        <NameField field={nameField} name={name} onName={setName} problem={isAsked ? badName : undefined} />
        <RoleChoice role={role} onRole={setRole} />
        {admission && (
          <Allowed
            admission={admission}
            name={badName ? undefined : name.trim()}
            isLess={standing === 'member' && isLessThan(role, member.role)}
          />
        )}
        <div className="actions sticky">
          <Problem problem={problem ?? refusal} />
          <button
            type="button"
            className="button primary"
            disabled={!isSame || busy || refusal !== undefined}
            data-testid="confirm-admit"
            onClick={() => void confirm()}
          >
            {busy ? 'Saving…' : standing === 'waiting' ? 'Add device' : 'Admit for 90 days'}
          </button>
          <button type="button" className="button quiet" onClick={onClose}>
            Cancel
          </button>
          {!isSame && !refusal && <p className="note">First tick above that the digits are the same.</p>}
        </div>
      </form>
    </Drawer>
  )
}

interface NameFieldProps {
  readonly field: React.RefObject<HTMLInputElement | null>
  readonly name: string
  readonly onName: (name: string) => void
  readonly problem: string | undefined
}

const NameField = ({ field, name, onName, problem }: NameFieldProps) => {
  const id = useId()
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        Name of the device
      </label>
      <input
        id={id}
        ref={field}
        value={name}
        autoComplete="off"
        placeholder="Such as Ben’s phone"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-notes`}
        data-testid="member-name"
        onChange={(event) => onName(event.target.value)}
      />
      <div id={`${id}-notes`}>
        {problem ? (
          <p className="problem" role="alert">
            {problem}
          </p>
        ) : (
          <p className="note">Everybody here sees it. What the device calls itself is a suggestion: you decide.</p>
        )}
      </div>
    </div>
  )
}
