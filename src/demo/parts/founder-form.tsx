import { type FormEvent, useId, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { Problem } from './problem.tsx'

interface FounderFormProps {
  /** Makes this device an admin; false where the key is not that of this field book. */
  readonly onFounder: (key: string) => Promise<boolean>
}

type Outcome = 'working' | 'admin' | 'foreign'

const WORDS: Readonly<Record<Outcome, string>> = {
  working: 'Signing…',
  admin: 'This device is an admin for the next 90 days. Keep the key where it was.',
  foreign: 'This is not the founder’s key of this field book, or this device was removed.',
}

/** The way back for a field book without an admin device: whoever has the founder's key becomes one. */
export const FounderForm = ({ onFounder }: FounderFormProps) => {
  const id = useId()
  const [key, setKey] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  const [problem, setProblem] = useState<FieldmeshError>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(undefined)
    setOutcome('working')
    try {
      // As it was copied by hand, in groups and lines.
      const isAdmin = await onFounder(key.replaceAll(/\s/g, ''))
      setOutcome(isAdmin ? 'admin' : 'foreign')
      if (isAdmin) setKey('')
    } catch (error) {
      setOutcome(undefined)
      setProblem(toFieldmeshError(error))
    }
  }
  return (
    <details data-testid="founder-form">
      <summary>Use the founder’s key</summary>
      <form className="form" onSubmit={(event) => void submit(event)}>
        <p className="muted">
          It makes this device an admin, or renews it. The key is used once and kept nowhere; the connection pauses for
          that moment.
        </p>
        <div className="inline">
          <div className="field">
            <label className="label" htmlFor={id}>
              Founder’s key
            </label>
            <input
              id={id}
              value={key}
              spellCheck={false}
              autoCapitalize="off"
              autoCorrect="off"
              autoComplete="off"
              data-testid="founder-input"
              onChange={(event) => setKey(event.target.value)}
            />
          </div>
          <button type="submit" className="button" disabled={key.trim() === '' || outcome === 'working'}>
            Make this device an admin
          </button>
        </div>
        <p className={outcome === 'foreign' ? 'problem' : 'outcome'} role="status">
          {outcome && WORDS[outcome]}
        </p>
        <Problem problem={problem} />
      </form>
    </details>
  )
}
