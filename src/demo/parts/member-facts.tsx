import type { MemberView } from '#engine/members.types'
import { roleWords } from '#trust/membership/describe-admission'
import { useMembers } from '#react/index'
import { quarantinedWords, admittedWords } from '../member-words.ts'
import { useDeviceName } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { Fingerprint } from './fingerprint.tsx'

/** What the room says of a device: what it may do, until when, who said so, and by which digits it is told apart. */
export const MemberFacts = ({ member }: { readonly member: MemberView }) => {
  const { policy } = useMembers()
  const { fingerprint, isSelf } = member
  const left = quarantinedWords(member)
  return (
    <div className="facts" data-testid={`member-${member.peerId}`} data-standing={member.standing}>
      {policy === 'certified' && <Admitted member={member} />}
      {fingerprint && !isSelf && (
        <div>
          <p className="muted">Fingerprint</p>
          <Fingerprint digits={fingerprint} />
        </div>
      )}
      {left && (
        <p className="warning" data-testid="quarantined">
          {left}
        </p>
      )}
    </div>
  )
}

const Admitted = ({ member: { standing, role, until, by } }: { readonly member: MemberView }) => {
  const nameOf = useDeviceName()
  const now = useNow()
  const parts = [
    standing === 'member' && role && `May ${roleWords(role)}`,
    until !== undefined && standing !== 'removed' && admittedWords(until, now),
    by !== undefined && (by === 'root' ? 'by the founder’s key' : `by ${nameOf(by)}`),
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 && <p className="muted">{parts.join(' · ')}</p>
}
