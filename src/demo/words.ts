import type { PeerStatus, Receipt, SyncStatus } from '#engine/types'
import { LIMITS } from '#model/limits'

/** A device id as a person can compare it. */
export const shortId = (peerId: string): string => peerId.slice(0, 6)

/** 1 device, 2 devices. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`

/** The whole connection in a few words, and how good it is. Offline is a normal day; only not saving is bad. */
export const connectionWords = (status: SyncStatus): { text: string; tone: 'good' | 'busy' | 'quiet' | 'off' } => {
  const { phase, peers, signalingConnected } = status
  if (phase === 'standby') return { text: 'Another tab is active', tone: 'quiet' }
  if (phase === 'opening') return { text: 'Opening…', tone: 'busy' }
  if (phase === 'failed') return { text: 'Not saving', tone: 'off' }
  if (phase !== 'running') return { text: 'Stopped', tone: 'off' }
  const linked = peers.filter((peer) => peer.state === 'connected').length
  const trying = peers.some((peer) => peer.state === 'connecting' || peer.state === 'recovering')
  if (linked > 0) {
    const text = signalingConnected ? `Connected to ${count(linked, 'device')}` : `Connected to ${linked}, no server`
    return { text, tone: 'good' }
  }
  if (trying) return { text: 'Connecting…', tone: 'busy' }
  if (signalingConnected) return { text: 'No other device in reach', tone: 'quiet' }
  return { text: 'Offline, saving here', tone: 'quiet' }
}

/** What has not left this device. */
export const outboxWords = (outbox: number): string =>
  outbox === 0 ? 'Nothing waiting to be sent' : `${outbox.toLocaleString('en')} not yet on another device`

/** The same as short as the header has it. */
export const outboxChip = (outbox: number): string =>
  outbox === 0 ? 'Nothing to send' : `${outbox.toLocaleString('en')} to send`

const STATES: Record<PeerStatus['state'], string> = {
  absent: 'Not in reach',
  connecting: 'Connecting',
  connected: 'Connected',
  recovering: 'Repairing the connection',
  waiting: 'Trying again shortly',
  gaveUp: 'Gave up',
  refused: 'Refused',
}

/** The state of a device in a word or two. */
export const stateWords = (state: PeerStatus['state']): string => STATES[state]

/** The receipts of all fields of a record as one: a device has the record when it has every field. */
export const joinReceipts = (receipts: readonly Receipt[]): { on: readonly string[]; lacking: readonly string[] } => {
  const lacking = new Set(receipts.flatMap((receipt) => receipt.lacking))
  const on = new Set(receipts.flatMap((receipt) => receipt.on).filter((peerId) => !lacking.has(peerId)))
  return { on: [...on].toSorted(), lacking: [...lacking].toSorted() }
}

/** Where a record is; this device counts. */
export const receiptWords = ({ on, lacking }: { on: readonly string[]; lacking: readonly string[] }): string => {
  const all = on.length + lacking.length + 1
  if (all === 1) return 'Saved on this device. No other device is known yet.'
  return `On ${on.length + 1} of ${count(all, 'device')}`
}

const STEPS = [
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago a moment (ms since 1970; 0 for never) was. */
export const agoWords = (at: number, now: number): string => {
  if (at === 0) return 'never'
  const past = Math.max(0, now - at)
  const [unit, ms] = STEPS.findLast(([, size]) => past >= size) ?? STEPS[0]
  return unit === 'second' ? 'just now' : relative.format(-Math.floor(past / ms), unit)
}

/** When something ends by itself (ms since 1970), by the clock of this device. */
export const untilWords = (until: number, timeZone?: string): string =>
  `Until ${new Date(until).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(timeZone && { timeZone }) })}.`

/** What a device says it has beyond us: anybody can claim anything, and beyond a million it says no more. */
export const aheadWords = (ahead: number): string =>
  ahead >= LIMITS.aheadShown
    ? 'says that it has over a million entries that we lack'
    : `has ${count(ahead, 'entry', 'entries')} that we lack`

/** When the other devices last had everything of ours (ms since 1970; 0 for never). */
export const confirmedWords = (at: number, now: number): string =>
  at === 0
    ? 'No other device has confirmed anything yet.'
    : `Everything of ours was last confirmed ${agoWords(at, now)}.`
