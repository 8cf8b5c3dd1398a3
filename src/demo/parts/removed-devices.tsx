import { useMembers } from '#react/index'
import { useDeviceName } from '../use-device-name.ts'
import { count } from '../words.ts'
import { MemberFacts } from './member-facts.tsx'

/** Folded away: they are no longer part of the day, and still somebody may ask. */
export const RemovedDevices = () => {
  const removed = useMembers().list.filter(({ standing, isSelf }) => standing === 'removed' && !isSelf)
  const nameOf = useDeviceName()
  if (removed.length === 0) return null
  return (
    <details data-testid="removed-devices">
      <summary>{count(removed.length, 'removed device')}</summary>
      <ul className="cards">
        {removed.map((member) => (
          <li className="card" key={member.peerId}>
            <div className="card-head">
              <h3>{nameOf(member.peerId)}</h3>
              <span className="chip" data-tone="off">
                Removed
              </span>
            </div>
            <MemberFacts member={member} />
          </li>
        ))}
      </ul>
    </details>
  )
}
