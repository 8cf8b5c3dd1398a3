import { useReducer, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { faultWords } from '#model/fault'
import { useMembers, usePeers } from '#react/index'
import type { FaultLog } from '../fault-log.ts'
import { ChangeInvitation } from '../parts/change-invitation.tsx'
import { type Deed, DeedDialog } from '../parts/deed-dialog.tsx'
import { DeviceCard } from '../parts/device-card.tsx'
import { FounderForm } from '../parts/founder-form.tsx'
import { Invite } from '../parts/invite.tsx'
import { NewBook } from '../parts/new-book.tsx'
import { OwnStanding } from '../parts/own-standing.tsx'
import { RemovedDevices } from '../parts/removed-devices.tsx'
import { RoomRule } from '../parts/room-rule.tsx'
import { SignalingForm } from '../parts/signaling-form.tsx'
import { ThisDevice } from '../parts/this-device.tsx'
import { WaitingNotice } from '../parts/waiting-notice.tsx'
import { useDeviceName } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { agoWords, count } from '../words.ts'

interface DeviceScreenProps {
  readonly faults: FaultLog
  /** Makes this device an admin by the founder's key; false for another key. Absent where the page cannot. */
  readonly onFounder?: ((key: string) => Promise<boolean>) | undefined
}

/** Who is in this field book and by whose word, who has what, and why somebody is missing. */
export const DeviceScreen = ({ faults, onFounder }: DeviceScreenProps) => {
  const [deed, setDeed] = useState<Deed>()
  const [outcome, setOutcome] = useState('')
  const title = useRef<HTMLHeadingElement>(null)
  const [, lookAgain] = useReducer((count: number) => count + 1, 0)
  /** What opened the dialog may be gone with what was done: the focus must not fall off the page. */
  const done = (words: string) => {
    flushSync(() => {
      setDeed(undefined)
      setOutcome(words)
    })
    title.current?.focus()
  }
  return (
    <section className="screen" aria-label="Devices">
      <h1 ref={title} tabIndex={-1}>
        Devices
      </h1>
      <p className="outcome" role="status" data-testid="outcome">
        {outcome}
      </p>
      <WaitingNotice onDeed={setDeed} />
      <ThisDevice>
        <OwnStanding onDeed={setDeed} />
      </ThisDevice>
      <h2>Other devices</h2>
      <OtherDevices onDeed={setDeed} />
      <RemovedDevices />
      <h2>Who belongs here</h2>
      <RoomRule>{onFounder && <FounderForm onFounder={onFounder} />}</RoomRule>
      <h2>Invite a device</h2>
      <Invite />
      <ChangeInvitation onChanged={lookAgain} />
      <h2>Signaling server</h2>
      <SignalingForm />
      <h2>New field book</h2>
      <NewBook />
      <Faults faults={faults} />
      {deed && <DeedDialog deed={deed} onClose={() => setDeed(undefined)} onDone={done} />}
    </section>
  )
}

const OtherDevices = ({ onDeed }: { readonly onDeed: (deed: Deed) => void }) => {
  const peers = usePeers()
  const { list } = useMembers()
  const members = new Map(list.map((member) => [member.peerId, member]))
  // Those that ask stand above, in the notice; those that were removed below.
  const known = list.filter(({ isSelf, standing }) => !isSelf && (standing === 'member' || standing === 'expired'))
  const met = peers.filter(({ peerId }) => !members.has(peerId))
  const shown = [...known, ...met].map(({ peerId }) => peerId)
  if (shown.length === 0) return <p className="lead">No other device yet. Open the invitation below on one.</p>
  return (
    <ul className="cards">
      {shown.map((peerId) => (
        <DeviceCard
          key={peerId}
          peerId={peerId}
          peer={peers.find((peer) => peer.peerId === peerId)}
          member={members.get(peerId)}
          onDeed={onDeed}
        />
      ))}
    </ul>
  )
}

const Faults = ({ faults }: { readonly faults: FaultLog }) => {
  const log = useSyncExternalStore(faults.subscribe, faults.read)
  const nameOf = useDeviceName()
  const now = useNow()
  if (log.length === 0) return null
  return (
    <>
      <h2>What went wrong since this page was opened</h2>
      <ul className="cards" data-testid="faults">
        {log.map(({ fault, peerId, times, at }) => (
          <li className="card" key={`${fault}/${peerId ?? ''}`}>
            <p>
              {faultWords(fault).what} <strong>{faultWords(fault).next}</strong>
            </p>
            <p className="muted">
              {peerId && `${nameOf(peerId)} · `}
              {count(times, 'time')}, last {agoWords(at, now)} · {fault}
            </p>
          </li>
        ))}
      </ul>
    </>
  )
}
