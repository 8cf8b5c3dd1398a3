import { useMembers } from '#react/index'
import { AdmitDialog } from './admit-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

/** What somebody is about to decide, and about which device. */
export interface Deed {
  readonly kind: 'admit' | 'remove'
  readonly peerId: string
}

export interface DeedDialogProps {
  readonly deed: Deed
  readonly onClose: () => void
  /** It is done: what, in words. */
  readonly onDone: (words: string) => void
}

/** Asks before a device is let in or shut out. */
export const DeedDialog = ({ deed: { kind, peerId }, onClose, onDone }: DeedDialogProps) => {
  const member = useMembers().list.find((it) => it.peerId === peerId)
  if (!member) return null
  const shared = { member, onClose, onDone }
  return kind === 'admit' ? <AdmitDialog {...shared} /> : <RemoveDialog {...shared} />
}
