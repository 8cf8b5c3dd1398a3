import { useState } from 'react'
import type { MemberView } from '#engine/members.types'
import type { Explanation, PeerStatus } from '#engine/types'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useExplanations, useMembers, useSyncEngine } from '#react/index'
import { standingWords } from '../member-words.ts'
import { useDeviceName } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { agoWords, aheadWords, count, stateWords, untilWords } from '../words.ts'
import type { Deed } from './deed-dialog.tsx'
import { MemberActions } from './member-actions.tsx'
import { MemberFacts } from './member-facts.tsx'
import { Problem } from './problem.tsx'

interface DeviceCardProps {
  readonly peerId: string
  /** Absent for a device that this one never met. */
  readonly peer: PeerStatus | undefined
  /** Absent for a device that the room knows nothing of. */
  readonly member: MemberView | undefined
  readonly onDeed: (deed: Deed) => void
}

/** Another device: what it is to the room, how it is reached, and what it has. */
export const DeviceCard = ({ peerId, peer, member, onDeed }: DeviceCardProps) => {
  const nameOf = useDeviceName()
  const { policy } = useMembers()
  const standing = member && standingWords(member, policy)
  const state = peer?.state ?? 'absent'
  return (
    <li className="card" data-testid={`device-${peerId}`} data-state={state}>
      <div className="card-head">
        <h3>{nameOf(peerId)}</h3>
        <div className="chips">
          {standing && (
            <span className="chip" data-tone={standing.tone}>
              {standing.text}
            </span>
          )}
          <span className="chip" data-tone={toneOf(state)}>
            {stateWords(state)}
          </span>
        </div>
      </div>
      {peer && <Reach peer={peer} />}
      {member && <MemberFacts member={member} />}
      {member && <MemberActions member={member} onDeed={onDeed} />}
      {peer && state !== 'connected' && <PeerActions peerId={peerId} />}
    </li>
  )
}

const toneOf = (state: PeerStatus['state']) => {
  if (state === 'connected') return 'good'
  return state === 'connecting' || state === 'recovering' ? 'busy' : 'off'
}

const Reach = ({ peer: { peerId, state, lacks, ahead, lastSeen, rttMs } }: { readonly peer: PeerStatus }) => {
  const now = useNow()
  const reasons = useExplanations(peerId)
  return (
    <>
      {reasons.map((why) => (
        <Why key={why.state} why={why} />
      ))}
      <p className="muted">
        {lacks > 0 ? `Lacks ${count(lacks, 'entry', 'entries')} of ours` : 'Has everything we have'}
        {ahead > 0 && ` · ${aheadWords(ahead)}`}
        {state !== 'connected' && ` · last seen ${agoWords(lastSeen, now)}`}
        {rttMs !== undefined && ` · ${Math.round(rttMs)} ms`}
      </p>
    </>
  )
}

const Why = ({ why: { cause, nextStep, until, healthy } }: { readonly why: Explanation }) => (
  <p>
    {cause} {until !== undefined && untilWords(until)} {!healthy && <strong>{nextStep}</strong>}
  </p>
)

const PeerActions = ({ peerId }: { readonly peerId: string }) => {
  const engine = useSyncEngine()
  const [problem, setProblem] = useState<FieldmeshError>()
  const forget = () => engine.forget(peerId).catch((error: unknown) => setProblem(toFieldmeshError(error)))
  return (
    <>
      <div className="actions">
        <button type="button" className="button" data-testid={`retry-${peerId}`} onClick={() => engine.retry(peerId)}>
          Try again
        </button>
        <button type="button" className="button quiet" onClick={() => void forget()}>
          Forget this device
        </button>
      </div>
      <Problem problem={problem} />
    </>
  )
}
