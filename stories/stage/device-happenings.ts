import type { PeerStatus, SyncStatus } from '#engine/types'
import { faultWords } from '#model/fault'
import type { DeviceState } from '#world/types'
import { count, stateWords } from '../../src/demo/words.ts'
import type { CallOf, DeviceAt, Happening } from './moment.types.ts'
import { noticeable } from './watch-device.ts'

/** What a person would notice on a device beside what its charts and messages told. */
export const deviceHappenings = (
  before: DeviceAt | undefined,
  after: DeviceAt,
  whoIs: (peerId: string) => string,
  callOf: CallOf,
): readonly Happening[] => {
  if (!before || before === after || noticeable(before) === noticeable(after)) return []
  const { name } = after
  return [{ kind: 'chart', says: `${callOf(name)}: ${changeWords(before, after, whoIs)}`, device: name }]
}

const STATES: Readonly<Record<DeviceState, string>> = {
  off: 'switched off',
  running: 'runs',
  standby: 'stands by for the other tab',
  frozen: 'frozen',
  asleep: 'asleep',
}

const PHASES: Readonly<Record<SyncStatus['phase'], string>> = {
  idle: 'nothing is open',
  opening: 'the records are being opened',
  running: 'the records are open',
  closing: 'what is under way is finished',
  standby: 'another tab is the active one',
  failed: 'the records could not be opened',
}

const changeWords = (before: DeviceAt, after: DeviceAt, whoIs: (peerId: string) => string): string => {
  if (before.state !== after.state) return STATES[after.state]
  const [old, { phase, fault, outboxCount, peers }] = [before.status, after.status]
  if (old.phase !== phase) return PHASES[phase]
  if (old.fault !== fault) return fault ? faultWords(fault).what : 'the trouble is over'
  if (old.outboxCount !== outboxCount) return `${outboxCount.toLocaleString('en')} to send`
  const peer = peers.find((one) => {
    const known = old.peers.find(({ peerId }) => peerId === one.peerId)
    return !known || known.state !== one.state || known.lacks !== one.lacks || known.ahead !== one.ahead
  })
  return peer ? peerWords(peer, whoIs(peer.peerId)) : 'its status changed'
}

const peerWords = ({ state, lacks, ahead }: PeerStatus, who: string): string => {
  const behind = [
    ...(lacks > 0 ? [`lacks ${count(lacks, 'entry', 'entries')}`] : []),
    ...(ahead > 0 ? [`has ${count(ahead, 'entry', 'entries')} more`] : []),
  ]
  return behind.length > 0 ? `${who} ${behind.join(' and ')}` : `${who} is shown as “${stateWords(state)}”`
}
