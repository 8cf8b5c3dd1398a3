import type { MemberView } from '#engine/members.types'
import { useMembers } from '#react/index'
import { isAdmittable, isRemovable } from '../member-words.ts'
import type { Deed } from './deed-dialog.tsx'

interface MemberActionsProps {
  readonly member: MemberView
  readonly onDeed: (deed: Deed) => void
}

/** What this device may decide about another, or about itself. */
export const MemberActions = ({ member, onDeed }: MemberActionsProps) => {
  const { policy, mayDecide } = useMembers()
  const { peerId, standing, isSelf, by } = member
  const mayAdmit = isAdmittable(member, policy, mayDecide)
  const mayRemove = isRemovable(member, policy, mayDecide)
  const isRooted = mayDecide && by === 'root' && standing !== 'removed'
  return (
    <>
      {(mayAdmit || mayRemove) && (
        <div className="actions">
          {mayAdmit && (
            <button
              type="button"
              className={standing === 'member' ? 'button' : 'button primary'}
              data-testid={`admit-${peerId}`}
              onClick={() => onDeed({ kind: 'admit', peerId })}
            >
              {ADMIT[standing]}
            </button>
          )}
          {mayRemove && (
            <button
              type="button"
              className="button quiet"
              data-testid={`remove-${peerId}`}
              onClick={() => onDeed({ kind: 'remove', peerId })}
            >
              {standing === 'waiting' ? 'Refuse for good…' : `Remove ${isSelf ? 'this ' : ''}device…`}
            </button>
          )}
        </div>
      )}
      {isRooted && <p className="muted">The founder’s key admitted it, and alone can remove it.</p>}
    </>
  )
}

const ADMIT: Readonly<Record<MemberView['standing'], string>> = {
  waiting: 'Add device…',
  member: 'Renew or change…',
  expired: 'Renew…',
  removed: '',
}
