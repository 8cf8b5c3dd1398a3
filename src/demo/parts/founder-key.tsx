import { useRef, useState } from 'react'
import { useSyncEngine } from '#react/index'
import { keyFile } from '../key-file.ts'
import { useLeaveQuestion } from '../use-leave-question.ts'
import { Drawer } from './drawer.tsx'

interface FounderKeyProps {
  /** The founder's root key as text. Held by this page alone, and only until it is closed. */
  readonly founder: string
  readonly onKept: () => void
}

/** Shown once, after the field book was made, and nowhere else. */
export const FounderKey = ({ founder, onKept }: FounderKeyProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isKept, setKept] = useState(false)
  const [asking, setAsking] = useState(false)
  useLeaveQuestion(true)
  return (
    <Drawer
      dialog={dialog}
      label="The founder’s key"
      begins="title"
      testId="founder-key"
      onClose={() => (isKept ? onKept() : setAsking(true))}
    >
      {asking && <LeaveQuestion onLeave={onKept} onStay={() => setAsking(false)} />}
      <form className="form" onSubmit={(event) => event.preventDefault()}>
        <p>
          <strong>Whoever has it can make anybody an admin.</strong> Without it, and without any admin device, nobody
          can admit devices any more.
        </p>
        <p>It is shown this once. Write it down, or save it as a file, and keep it where you keep other keys.</p>
        <p className="secret" dir="ltr" data-testid="founder">
          {groupsOf(founder).map(([group, at]) => (
            <span key={at}>{group}</span>
          ))}
        </p>
        <SaveButton founder={founder} />
        <label className="tick">
          <input
            type="checkbox"
            checked={isKept}
            data-testid="founder-kept"
            onChange={(event) => setKept(event.target.checked)}
          />
          <span>I have written it down, or saved it</span>
        </label>
        <div className="actions sticky">
          <button
            type="button"
            className="button primary"
            disabled={!isKept}
            data-testid="founder-done"
            onClick={onKept}
          >
            Open the field book
          </button>
        </div>
      </form>
    </Drawer>
  )
}

const GROUP = 4

/** A key in pieces that the eye can hold, each with its place. */
const groupsOf = (key: string): readonly (readonly [group: string, at: number])[] =>
  Array.from(key.matchAll(new RegExp(`.{1,${GROUP}}`, 'g')), ([group], at) => [group, at] as const)

const LeaveQuestion = ({ onLeave, onStay }: { readonly onLeave: () => void; readonly onStay: () => void }) => (
  <div className="banner" role="alert">
    <p>The key is not shown again, and cannot be made anew.</p>
    <div className="actions">
      <button type="button" className="button danger" onClick={onLeave}>
        Go on without it
      </button>
      <button type="button" className="button" onClick={onStay}>
        Stay here
      </button>
    </div>
  </div>
)

const SaveButton = ({ founder }: { readonly founder: string }) => {
  const { room } = useSyncEngine()
  const [isSaved, setSaved] = useState(false)
  const save = () => {
    const file = keyFile(founder, room.id)
    const url = URL.createObjectURL(file)
    Object.assign(document.createElement('a'), { href: url, download: file.name }).click()
    // The download has read it long before.
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    setSaved(true)
  }
  return (
    <div className="actions">
      <button type="button" className="button" data-testid="founder-save" onClick={save}>
        Save as a file
      </button>
      <span className="note" role="status">
        {isSaved && 'Handed to the browser: look among the downloads, and move it away from this device.'}
      </span>
    </div>
  )
}
