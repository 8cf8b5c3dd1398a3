import { type FormEvent, useState } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useExplanations, useSyncEngine } from '#react/index'
import { sameHostSignaling } from '../address.ts'
import { useSurroundings } from '../surroundings.ts'
import { useSignaling } from '../use-signaling.ts'
import { Problem } from './problem.tsx'

/** The server through which devices find each other: shown, explained, changed at any time. */
export const SignalingForm = () => {
  const engine = useSyncEngine()
  const { href, signaling } = useSurroundings()
  const used = useSignaling()
  const [typed, setTyped] = useState(used ?? '')
  const [problem, setProblem] = useState<FieldmeshError>()
  const why = useExplanations().find(({ subject }) => subject === 'signaling')
  const use = (url: string | null) => {
    setProblem(undefined)
    try {
      engine.setSignaling(url)
      signaling.choose(url, engine.room.secret)
      setTyped(url ?? '')
    } catch (error) {
      setProblem(toFieldmeshError(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    use(typed.trim() || null)
  }
  return (
    <form className="card form" onSubmit={submit} data-testid="signaling">
      {why && (
        <p role="status">
          {why.cause} {!why.healthy && <strong>{why.nextStep}</strong>}
        </p>
      )}
      <label className="field">
        <span className="label">Address (empty for none)</span>
        <input
          type="text"
          inputMode="url"
          value={typed}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={sameHostSignaling(new URL(href()))}
          data-testid="signaling-url"
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Problem problem={problem} />
      <div className="actions">
        <button
          type="submit"
          className="button"
          disabled={(typed.trim() || null) === used}
          data-testid="signaling-save"
        >
          Use this address
        </button>
        {why && !why.healthy && used !== null && (
          <button type="button" className="button" onClick={() => engine.retry()} data-testid="signaling-retry">
            Try again
          </button>
        )}
      </div>
    </form>
  )
}
