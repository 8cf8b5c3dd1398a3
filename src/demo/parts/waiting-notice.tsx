import { useMembers } from '#react/index'
import { useDeviceName } from '../use-device-name.ts'
import { count } from '../words.ts'
import { Fingerprint } from './fingerprint.tsx'
import { MemberActions } from './member-actions.tsx'
import type { Deed } from './deed-dialog.tsx'

/** Devices that ask to join: not to be overlooked, and not to be nodded through. */
export const WaitingNotice = ({ onDeed }: { readonly onDeed: (deed: Deed) => void }) => {
  const { list, mayDecide } = useMembers()
  const nameOf = useDeviceName()
  const waiting = list.filter(({ standing, isSelf }) => standing === 'waiting' && !isSelf)
  if (waiting.length === 0) return null
  return (
    <section className="notice" role="status" aria-label="Devices that ask to join" data-testid="waiting-notice">
      <h2>{waiting.length === 1 ? 'A device asks to join' : `${count(waiting.length, 'device')} ask to join`}</h2>
      <p>
        {mayDecide
          ? 'It has the invitation. Add it only if you know whose it is, and after comparing its digits.'
          : 'It has the invitation. An admin of this field book must add it; this device cannot.'}
      </p>
      <ul className="cards">
        {waiting.map((member) => (
          <li className="asking" key={member.peerId}>
            <h3>{nameOf(member.peerId)}</h3>
            {member.fingerprint && <Fingerprint digits={member.fingerprint} />}
            <MemberActions member={member} onDeed={onDeed} />
          </li>
        ))}
      </ul>
    </section>
  )
}
