import { type FormEvent, type ReactNode, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useExplanations, useMembers, useOutbox, useRecord, useSyncEngine, useSyncStatus } from '#react/index'
import { fieldOf, showValue } from '../records/values.ts'
import { DEVICE_TYPE } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { useWritingBar } from '../use-writing-bar.ts'
import { confirmedWords, outboxWords, shortId } from '../words.ts'
import { DeviceKey } from './device-key.tsx'
import { Problem } from './problem.tsx'

/** This device: its id, its name, how it is doing, and what else there is to say of it. */
export const ThisDevice = ({ children }: { readonly children?: ReactNode }) => {
  const { peerId, deviceKey } = useSyncEngine()
  useSyncStatus()
  const { count, lastSync } = useOutbox()
  const now = useNow()
  const { policy, self } = useMembers()
  const isNamedByAdmins = policy === 'certified' && self?.by !== 'root'
  const own = useExplanations().filter(({ subject }) => subject === 'engine' || subject === 'storage')
  return (
    <div className="card" data-testid="this-device">
      <div className="card-head">
        <h2>This device</h2>
        <code title={peerId}>{shortId(peerId)}</code>
      </div>
      {own.map(({ subject, cause, nextStep, healthy }) => (
        <p key={subject}>
          {cause} {!healthy && <strong>{nextStep}</strong>}
        </p>
      ))}
      <p className="muted">
        {outboxWords(count)}. {confirmedWords(lastSync, now)}
      </p>
      {peerId && (isNamedByAdmins ? <ConfirmedName /> : <DeviceName peerId={peerId} />)}
      {deviceKey && <DeviceKey {...deviceKey} />}
      {children}
    </div>
  )
}

const ConfirmedName = () => {
  const { self } = useMembers()
  if (!self?.name) return <p className="muted">The admin who admits it gives it a name.</p>
  return (
    <p data-testid="confirmed-name">
      Name that other devices show: <strong>{self.name}</strong> <span className="muted">(an admin gave it)</span>
    </p>
  )
}

const DeviceName = ({ peerId }: { readonly peerId: string }) => {
  const engine = useSyncEngine()
  const bar = useWritingBar()
  const saved = showValue(fieldOf(useRecord(DEVICE_TYPE, peerId), 'name'))
  const [typed, setTyped] = useState<string>()
  const [problem, setProblem] = useState<FieldmeshError>()
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(undefined)
    try {
      await engine.put(DEVICE_TYPE, peerId, { name: typed?.trim() ?? saved })
      setTyped(undefined)
    } catch (error) {
      setProblem(toFieldmeshError(error))
    }
  }
  return (
    <form className="inline" onSubmit={(event) => void save(event)}>
      <label className="field">
        <span className="label">Name that other devices show</span>
        <input
          value={typed ?? saved}
          maxLength={40}
          autoComplete="off"
          placeholder="Such as Anna’s tablet"
          disabled={bar !== undefined}
          data-testid="device-name"
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={typed === undefined || typed.trim() === saved}>
        Save name
      </button>
      <Problem problem={problem} />
    </form>
  )
}
