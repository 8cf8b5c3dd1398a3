import { toDataURL } from 'qrcode'
import { useEffect, useState } from 'react'
import { useEngineSelector, useMembers, useSyncEngine } from '#react/index'
import { inviteLink, isLoopback, nextDeviceLink } from '../address.ts'
import { useSurroundings } from '../surroundings.ts'
import { useSignaling } from '../use-signaling.ts'

/** The way into this field book, as a link and as a code to scan. */
export const Invite = () => {
  const secret = useEngineSelector(useSyncEngine(), ({ room }) => room.secret)
  const { href } = useSurroundings()
  const signaling = useSignaling()
  const link = inviteLink(href(), secret, signaling)
  // A code that no other device can open is not worth scanning.
  const local = isLoopback(new URL(href()).hostname)
  return (
    <div className="card invite">
      {!local && <QrImage text={link} />}
      <div className="invite-text">
        <InviteWords local={local} />
        <label className="field">
          <span className="label">Invitation</span>
          <input readOnly value={link} data-testid="invite-link" onFocus={(event) => event.target.select()} />
        </label>
        <div className="actions">
          <CopyButton text={link} />
          <a
            className={local ? 'button primary' : 'button'}
            href={nextDeviceLink(href(), secret, signaling)}
            target="_blank"
            rel="noopener"
            data-testid="second-device"
          >
            Open a second device
          </a>
        </div>
      </div>
    </div>
  )
}

const InviteWords = ({ local }: { readonly local: boolean }) => {
  const { policy } = useMembers()
  const who = policy === 'certified' ? WHO_ASKS : WHO_MAY
  if (!local) return <p>Open this address on another device, or scan the code. {who}</p>
  return (
    <p>
      <strong>This address works on this computer only.</strong> A second device in this browser shows how two of them
      keep in step. {who}
    </p>
  )
}

const WHO_MAY = 'Whoever has this invitation can read and write everything here.'
const WHO_ASKS = 'Whoever has this invitation can ask to join; an admin decides.'

/** Enough pixels to be sharp on any screen at the size of the card. */
const QR_PIXELS = 480

const QrImage = ({ text }: { readonly text: string }) => {
  const [drawn, setDrawn] = useState<{ text: string; url: string }>()
  useEffect(() => {
    let current = true
    // Without a drawing the link itself still serves.
    toDataURL(text, { errorCorrectionLevel: 'M', margin: 4, width: QR_PIXELS }).then(
      (url) => current && setDrawn({ text, url }),
      () => {},
    )
    return () => {
      current = false
    }
  }, [text])
  if (drawn?.text !== text) return <div className="qr" aria-hidden="true" />
  return <img className="qr" src={drawn.url} width={QR_PIXELS} height={QR_PIXELS} alt="QR code of the invitation" />
}

const CopyButton = ({ text }: { readonly text: string }) => {
  const [outcome, setOutcome] = useState('Copy')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setOutcome('Copied')
    } catch {
      setOutcome('Not allowed here: select the address and copy it')
    }
  }
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      <span aria-live="polite">{outcome}</span>
    </button>
  )
}
