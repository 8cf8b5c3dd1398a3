import type { ReactNode } from 'react'
import { useMembers } from '#react/index'
import { useDeviceName } from '../use-device-name.ts'
import { count } from '../words.ts'

/** By which rule devices belong to this field book, and who decides; where admins do, also what goes with that. */
export const RoomRule = ({ children }: { readonly children?: ReactNode }) => {
  const { policy, list } = useMembers()
  const left = list.reduce((sum, { quarantined }) => sum + quarantined, 0)
  return (
    <div className="card" data-testid="room-rule" data-policy={policy}>
      {policy === 'secret-only' && <NobodyRemoved />}
      {policy === 'tofu' && (
        <p>
          <strong>Whoever has the invitation, until somebody removes it.</strong> Each device here may remove any other.
        </p>
      )}
      {policy === 'certified' && <Admins />}
      {left > 0 && (
        <p data-testid="quarantined-count">
          {count(left, 'entry', 'entries')} of removed devices, or of devices that may not write, are kept and left out
          of every record.
        </p>
      )}
      {policy === 'certified' && children}
    </div>
  )
}

const NobodyRemoved = () => (
  <>
    <p>
      <strong>Whoever has the invitation.</strong> No device can be removed from this field book: whoever came in with
      an invitation stays in.
    </p>
    <p className="muted">
      To be able to remove devices, start a new field book below, choose there who may join, and invite to it the
      devices that you trust. The records of this one stay in this one.
    </p>
  </>
)

const Admins = () => {
  const { list, mayDecide } = useMembers()
  const nameOf = useDeviceName()
  const admins = list.filter(({ role, standing }) => role === 'admin' && standing === 'member')
  return (
    <>
      <p>
        <strong>Only devices that an admin admitted.</strong>{' '}
        {mayDecide ? 'This device is an admin: it may add and remove devices.' : 'This device is no admin.'}
      </p>
      <p className="muted">
        {admins.length > 0
          ? `Admins: ${admins.map(({ peerId }) => nameOf(peerId)).join(', ')}.`
          : 'No admin is known here. Connect to one, or use the founder’s key.'}
      </p>
    </>
  )
}
