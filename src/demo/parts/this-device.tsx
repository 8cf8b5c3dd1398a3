import { type FormEvent, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useExplanations, useOutbox, useRecord, useSyncEngine, useSyncStatus } from '#react/index'
import { fieldOf, showValue } from '../records/values.ts'
import { DEVICE_TYPE } from '../use-device-name.ts'
import { useNow } from '../use-now.ts'
import { confirmedWords, outboxWords, shortId } from '../words.ts'
import { DeviceKey } from './device-key.tsx'
import { Problem } from './problem.tsx'

/** This device: its id, its name, and how it is doing. */
export const ThisDevice = () => {
  const { peerId, deviceKey } = useSyncEngine()
  useSyncStatus()
  const { count, lastSync } = useOutbox()
  const now = useNow()
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
      {peerId && <DeviceName peerId={peerId} />}
      {deviceKey && <DeviceKey {...deviceKey} />}
    </div>
  )
}

const DeviceName = ({ peerId }: { readonly peerId: string }) => {
  const engine = useSyncEngine()
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
