import { faultWords } from '#model/fault'
import type { KeyKeeping } from '#trust/crypto.types'
import { Fingerprint } from './fingerprint.tsx'

export interface DeviceKeyProps {
  /** Digits in groups, as `fingerprintOf` makes them. */
  readonly fingerprint: string
  readonly keeping: KeyKeeping
}

/** What is worth saying of a key that is kept, if less well than could be. */
const NOTES: Readonly<Record<Exclude<KeyKeeping, 'kept' | 'memory'>, string>> = {
  wrapped:
    'This browser cannot hold its key as it is, so the key is kept encrypted, under another one that no page can read.',
  file: 'Its key is kept in a file that its owner alone can read.',
  pin: 'Its key is kept encrypted by your PIN. Whoever copies the data of this browser can try every PIN: a long one helps.',
}

/** By what people tell this device from any other, and how safely it stays this device. */
export const DeviceKey = ({ fingerprint, keeping }: DeviceKeyProps) => (
  <div className="device-key" data-testid="device-key" data-keeping={keeping}>
    <h3>Fingerprint of this device</h3>
    <Fingerprint digits={fingerprint} large />
    <p className="muted">
      Compare it aloud with whoever wants to be sure that this is your device. Every digit counts; it stays the same as
      long as the device keeps its key.
    </p>
    <Keeping keeping={keeping} />
  </div>
)

const Keeping = ({ keeping }: Pick<DeviceKeyProps, 'keeping'>) => {
  if (keeping === 'kept') return null
  if (keeping !== 'memory') return <p className="muted">{NOTES[keeping]}</p>
  const { what, next } = faultWords('key-not-kept')
  return (
    <p className="warning" data-testid="key-warning">
      <strong>{what}</strong> {next}
    </p>
  )
}
