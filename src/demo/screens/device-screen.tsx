import { useState, useSyncExternalStore } from 'react'
import type { Explanation, PeerStatus } from '#engine/types'
import { type FieldmeshError, faultWords, toFieldmeshError } from '#model/fault'
import { useExplanations, usePeers, useSyncEngine } from '#react/index'
import type { FaultLog } from '../fault-log.ts'
import { Invite, NewBook } from '../parts/invite.tsx'
import { Problem } from '../parts/problem.tsx'
import { SignalingForm } from '../parts/signaling-form.tsx'
import { ThisDevice } from '../parts/this-device.tsx'
import { useDeviceName } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { agoWords, count, stateWords } from '../words.ts'

/** Who is in this field book, who has what, and why somebody is missing. */
export const DeviceScreen = ({ faults }: { readonly faults: FaultLog }) => {
  const peers = usePeers()
  return (
    <section className="screen" aria-label="Devices">
      <h1>Devices</h1>
      <ThisDevice />
      <h2>Other devices</h2>
      {peers.length === 0 && <p className="lead">No other device yet. Open the invitation below on one.</p>}
      <ul className="cards">
        {peers.map((peer) => (
          <PeerCard key={peer.peerId} peer={peer} />
        ))}
      </ul>
      <h2>Invite a device</h2>
      <Invite />
      <h2>Signaling server</h2>
      <SignalingForm />
      <h2>New field book</h2>
      <NewBook />
      <Faults faults={faults} />
    </section>
  )
}

const PeerCard = ({ peer }: { readonly peer: PeerStatus }) => {
  const { peerId, state, lacks, ahead, lastSeen, rttMs } = peer
  const nameOf = useDeviceName()
  const now = useNow()
  const reasons = useExplanations(peerId)
  return (
    <li className="card" data-testid={`device-${peerId}`} data-state={state}>
      <div className="card-head">
        <h3>{nameOf(peerId)}</h3>
        <span className="chip" data-tone={toneOf(state)}>
          {stateWords(state)}
        </span>
      </div>
      {reasons.map((why) => (
        <Why key={why.state} why={why} />
      ))}
      <p className="muted">
        {lacks > 0 ? `Lacks ${count(lacks, 'entry', 'entries')} of ours` : 'Has everything we have'}
        {ahead > 0 && ` · has ${count(ahead, 'entry', 'entries')} that we lack`}
        {state !== 'connected' && ` · last seen ${agoWords(lastSeen, now)}`}
        {rttMs !== undefined && ` · ${Math.round(rttMs)} ms`}
      </p>
      {state !== 'connected' && <PeerActions peerId={peerId} />}
    </li>
  )
}

const toneOf = (state: PeerStatus['state']) => {
  if (state === 'connected') return 'good'
  return state === 'connecting' || state === 'recovering' ? 'busy' : 'off'
}

const Why = ({ why: { cause, nextStep, healthy } }: { readonly why: Explanation }) => (
  <p>
    {cause} {!healthy && <strong>{nextStep}</strong>}
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
