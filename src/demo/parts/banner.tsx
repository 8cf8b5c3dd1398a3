import { useState } from 'react'
import { faultWords } from '#model/fault'
import { useExplanations, useSyncEngine, useSyncStatus } from '#react/index'

/** What needs the user now: a full storage, an engine that could not open. */
export const Banner = () => {
  const { phase, fault } = useSyncStatus()
  if (phase === 'failed' || phase === 'idle') return <NotRunning />
  if (!fault) return null
  const { what, next } = faultWords(fault)
  return (
    <section className="banner" role="alert" data-testid="banner">
      <strong>{what}</strong> {next}
    </section>
  )
}

const NotRunning = () => {
  const engine = useSyncEngine()
  const [starting, setStarting] = useState(false)
  const about = useExplanations().find(({ subject }) => subject !== 'peer' && subject !== 'signaling')
  const start = async () => {
    setStarting(true)
    // What goes wrong again is shown here again, from the status.
    await engine.start().catch(() => {})
    setStarting(false)
  }
  return (
    <section className="banner" role="alert" data-testid="banner">
      <p>
        <strong>{about?.cause}</strong> {about?.nextStep}
      </p>
      <button type="button" className="button" disabled={starting} onClick={() => void start()}>
        {starting ? 'Starting…' : 'Start again'}
      </button>
    </section>
  )
}
