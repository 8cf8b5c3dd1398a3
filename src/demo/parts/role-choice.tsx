import { useId } from 'react'
import { roleWords } from '#trust/membership/describe-admission'
import type { Role } from '#trust/membership/membership.types'
import { ROLE_NAMES, ROLES } from '../member-words.ts'

interface RoleChoiceProps {
  readonly role: Role
  readonly onRole: (role: Role) => void
}

/** What a device shall be, each with what that allows. */
export const RoleChoice = ({ role, onRole }: RoleChoiceProps) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend className="label">What it may do</legend>
      {ROLES.map((it) => (
        <label className="choice" key={it}>
          <input
            type="radio"
            name={name}
            value={it}
            checked={role === it}
            data-testid={`role-${it}`}
            onChange={() => onRole(it)}
          />
          <span className="choice-text">
            <span className="choice-title">{ROLE_NAMES[it]}</span>
            <span className="muted">
              May {roleWords(it)}.{it === 'admin' && ' This device, too.'}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
