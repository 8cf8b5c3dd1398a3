import type { ReactNode } from 'react'
import type { MemberView } from '#engine/members.types'
import { useMembers, useSyncEngine } from '#react/index'
import { dayWords } from '../member-words.ts'
import { useNow } from '../use-now.ts'
import { Fingerprint } from './fingerprint.tsx'

/** On every screen of a device that may not write: why, and what its owner can do. */
export const StandingBanner = () => {
  // An admission ends by the clock alone.
  useNow()
  const { self } = useMembers()
  const { deviceKey } = useSyncEngine()
  if (!self || (self.standing === 'member' && self.role !== 'reader')) return null
  const digits = self.fingerprint ?? deviceKey?.fingerprint
  const { what, next } = wordsOf(self)
  return (
    <section className="banner standing" role="status" data-standing={self.standing} data-testid="standing-banner">
      <p>
        <strong>{what}</strong> {next}
      </p>
      {digits && self.standing !== 'removed' && (
        <details open={self.standing !== 'member'}>
          <summary>Digits of this device</summary>
          <Fingerprint digits={digits} large />
        </details>
      )}
    </section>
  )
}

const wordsOf = ({ standing, until }: MemberView): { readonly what: string; readonly next: ReactNode } => {
  if (standing === 'waiting')
    return {
      what: 'This device is not admitted to this field book yet.',
      next: 'Ask an admin to add it, under “Devices” on the admin’s device, and compare these digits with the ones there. Until then no records reach it, and none can be written on it.',
    }
  if (standing === 'expired')
    return {
      what: `This device’s admission ${until === undefined ? 'is over' : `ended on ${dayWords(until)}`}.`,
      next: 'Ask an admin to renew it, comparing these digits, and check the date on this device. Until then no records reach it, and none can be written on it.',
    }
  if (standing === 'removed')
    return {
      what: 'This device was removed from this field book.',
      next: 'What it holds stays readable here; nothing can be written on it any more. It can come back only as a new device: delete this app’s data in this browser, and open an invitation again.',
    }
  return { what: 'This device may read, and write nothing.', next: 'An admin can let it write.' }
}
