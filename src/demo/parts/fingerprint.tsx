import { spokenDigits } from '../member-words.ts'

interface FingerprintProps {
  /** Digits in groups, as `fingerprintOf` makes them. */
  readonly digits: string
  /** Large enough to be compared from screen to screen. */
  readonly large?: boolean
}

/** Digits to be compared: one click selects them all, and a screen reader says them one by one. */
export const Fingerprint = ({ digits, large = false }: FingerprintProps) => (
  <p className={large ? 'fingerprint large' : 'fingerprint'} dir="ltr" data-testid="fingerprint">
    <span className="digits" aria-hidden="true">
      {digits}
    </span>
    <span className="hidden">{spokenDigits(digits)}</span>
  </p>
)
