import { Fingerprint } from './fingerprint.tsx'

interface CompareProps {
  /** Absent where the key of the device is not known here. */
  readonly digits: string | undefined
  readonly isSame: boolean
  readonly onSame: (isSame: boolean) => void
}

/** The one step that no program can take: a person looks at both screens. */
export const Compare = ({ digits, isSame, onSame }: CompareProps) => {
  if (!digits) return <p className="warning">Its digits are not known here yet. Connect to it once, then try again.</p>
  return (
    <div className="compare">
      <h3>Are these the digits of that device?</h3>
      <Fingerprint digits={digits} large />
      <p className="muted">
        The other device shows its own under <strong>Devices</strong>. Look at both screens, or have them read to you by
        somebody whose voice you know. One digit that differs means: another device. Then close this.
      </p>
      <label className="tick">
        <input
          type="checkbox"
          checked={isSame}
          data-testid="same-digits"
          onChange={(event) => onSame(event.target.checked)}
        />
        <span>The digits are the same</span>
      </label>
    </div>
  )
}
