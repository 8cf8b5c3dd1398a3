import type { FaultDeed, FaultPlan, WriteDeed, WritePlan } from '#world/plan.types'
import { count } from '../../src/demo/words.ts'
import type { CallOf } from './moment.types.ts'

const FEW_BYTES = 1_000
const MINUTE_MS = 60_000

/** What a person does on a device, in words. */
export const writeWords = (write: WritePlan, callOf: CallOf): string => `${callOf(write.device)} ${deedWords(write)}`

const deedWords = (deed: WriteDeed): string => {
  switch (deed.does) {
    case 'put': {
      const size = deed.bytes > FEW_BYTES ? `, ${Math.round(deed.bytes / FEW_BYTES)} kB each` : ''
      return `writes ${deed.fields.join(', ')} of record ${deed.record}${size}`
    }
    case 'remove':
      return `deletes record ${deed.record}`
    case 'import':
      return `imports ${count(deed.rows, 'row')} of sheet ${deed.sheet}`
    case 'resolve':
      return 'settles the first conflict, if there is one'
  }
}

/** Something that goes wrong, in words: how it begins, and how it comes right; none where it is over at once. */
export interface FaultWords {
  readonly begins: string
  readonly ends?: string
}

export const faultPlanWords = (fault: FaultPlan, callOf: CallOf): FaultWords => {
  const words = 'device' in fault ? onDevice(fault, callOf(fault.device)) : aroundDevices(fault, callOf)
  const [begins, ends] = words
  return { begins, ...(ends !== undefined && { ends }) }
}

type Words = readonly [begins: string, ends?: string]

const aheadWords = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / MINUTE_MS)
  return `the clock is ${count(minutes, 'minute')} ${ms < 0 ? 'behind' : 'ahead'}`
}

const onDevice = (fault: Extract<FaultDeed, { device: string }>, who: string): Words => {
  switch (fault.kind) {
    case 'vanish':
      return [`${who}: all links are gone, and nobody is told`]
    case 'crash':
      return [`${who}: the device loses its power`, `${who}: the device is switched on again`]
    case 'stop':
      return [`${who}: the app is closed`, `${who}: the app is opened again`]
    case 'freeze':
      return [`${who}: the browser freezes the app`, `${who}: the app comes back to the front`]
    case 'sleep':
      return [`${who}: the device falls asleep`, `${who}: the device wakes up`]
    case 'roam':
      return [`${who}: the device joins another network`]
    case 'diskFull':
      return [`${who}: the disk is full`, `${who}: the disk has space again`]
    case 'diskFails':
      return [`${who}: the disk will refuse ${count(fault.appends, 'write')}`]
    case 'diskSlow':
      return [`${who}: the disk takes ${fault.slowMs} ms for each write`, `${who}: the disk is fast again`]
    case 'clock':
      return [`${who}: ${aheadWords(fault.aheadMs)}`, `${who}: the clock is right again`]
    case 'wipe':
      return [`${who}: the device crashes and loses everything`, `${who}: the device starts as a new one`]
    case 'restore':
      return [`${who}: the device is backed up`, `${who}: the device crashes and starts from its backup`]
  }
}

const wayWords = ({ a, b, way }: Extract<FaultDeed, { kind: 'cut' }>, callOf: CallOf): string => {
  const [one, other] = [callOf(a), callOf(b)]
  if (way === 'both') return `Nothing passes between ${one} and ${other}`
  return way === 'there' ? `Nothing passes from ${one} to ${other}` : `Nothing passes from ${other} to ${one}`
}

const aroundDevices = (fault: Exclude<FaultDeed, { device: string }>, callOf: CallOf): Words => {
  switch (fault.kind) {
    case 'cut':
      return [wayWords(fault, callOf), `The road between ${callOf(fault.a)} and ${callOf(fault.b)} is open again`]
    case 'partition': {
      const groups = fault.groups.map((group) => group.map((place) => callOf(place)).join(', '))
      return [`The network falls apart: ${groups.join(' | ')}`, 'The network is whole again']
    }
    case 'break':
      return [fault.between ? `The link between ${fault.between.map(callOf).join(' and ')} breaks` : 'All links break']
    case 'serverDown':
      return ['The signaling server dies', 'The signaling server is back']
    case 'serverFlaps':
      return [`The signaling server goes down and up, every ${fault.everyMs} ms`, 'The signaling server stays up']
    case 'serverForgets':
      return ['The signaling server forgets everybody']
    case 'serverLies':
      return [
        'The signaling server repeats, delays or makes up what it tells',
        'The signaling server tells the truth again',
      ]
    case 'hostile':
      return ['A stranger who breaks the protocol joins', 'The stranger leaves']
  }
}
