import type { Admission } from '#trust/membership/describe-admission'
import { dayWords } from '../member-words.ts'
import { shortId } from '../words.ts'

interface AllowedProps {
  readonly admission: Admission
  /** Undefined while it has none that is fit. */
  readonly name: string | undefined
  /** It may do more at present. */
  readonly isLess?: boolean
}

/** In one sentence, what the signature will say. */
export const Allowed = ({ admission: { peerId, may, until }, name, isLess = false }: AllowedProps) => (
  <div className="allowed" data-testid="allowed">
    <h3>What you allow</h3>
    <p>
      {name ? <strong>{name}</strong> : 'The device'} (<code>{shortId(peerId)}</code>) may <strong>{may}</strong>, from
      now until <strong>{dayWords(until)}</strong>.
    </p>
    {isLess && <p>For five more minutes it may still do what it could before: no two clocks are quite the same.</p>}
    <p className="muted">
      This device signs it, and it reaches the others like a record. Before that day an admin can renew it, change it,
      or remove the device.
    </p>
  </div>
)
