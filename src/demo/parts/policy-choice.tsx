import { useId } from 'react'
import type { Policy } from '#trust/membership/membership.types'
import { POLICY_WORDS } from '../member-words.ts'

interface PolicyChoiceProps {
  readonly policy: Policy
  readonly onPolicy: (policy: Policy) => void
}

/** Who may join a new field book: it is part of its secret, and never changes. */
export const PolicyChoice = ({ policy, onPolicy }: PolicyChoiceProps) => {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend className="label">Who may join it</legend>
      {POLICY_WORDS.map((it) => (
        <label className="choice" key={it.policy}>
          <input
            type="radio"
            name={name}
            value={it.policy}
            checked={policy === it.policy}
            data-testid={`policy-${it.policy}`}
            onChange={() => onPolicy(it.policy)}
          />
          <span className="choice-text">
            <span className="choice-title">{it.title}</span>
            <span className="muted">{it.line}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
