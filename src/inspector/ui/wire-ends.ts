import type { Json } from '#model/entry'
import { isPlainObject } from '#model/plain-object'
import type { EventRecord, InspectRecord } from '../records.types.ts'

/** Where something left a device for another one, or came from there. */
export interface WireEnd {
  readonly way: 'out' | 'in'
  /** The other device. */
  readonly peer: string
  /** What both ends have in common; several may share it, and then their order tells. */
  readonly key: string
  readonly label: string
  /** By way of the signaling server, or of the direct link. */
  readonly road: 'server' | 'link'
  /** The actor at the border of the device. */
  readonly actor: string
  readonly n: number
  readonly at: number
}

interface Known {
  readonly id: string
  readonly parent?: string
}
type What = Pick<WireEnd, 'key' | 'label' | 'road'>
type Fields = Readonly<Record<string, Json>>

const fieldsOf = (value: Json | undefined): Fields => (isPlainObject(value) ? (value as Fields) : {})
const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

const signalOf = (payload: Fields): What => {
  const { kind, connId, epoch } = fieldsOf(payload['signal'])
  const label = textOf(kind)
  return { key: `signal ${label} ${textOf(connId) || textOf(epoch)}`, label, road: 'server' }
}
const sayingOf = (payload: Fields): What => {
  const { kind, id, epoch, reason } = fieldsOf(payload['message'])
  const label = [textOf(kind), textOf(id) || textOf(reason)].filter(Boolean).join(' ')
  return { key: `say ${label} ${textOf(epoch)}`, label, road: 'link' }
}
const messageOf = (payload: Fields): What => {
  const label = textOf(payload['kind'])
  return { key: `message ${label}`, label, road: 'link' }
}

/** Words between a chart and its adapter that mean: another device is told, or tells. */
const BORDER: Readonly<Record<string, { readonly way: WireEnd['way']; readonly what: (payload: Fields) => What }>> = {
  'socket.send': { way: 'out', what: signalOf },
  'socket.signal': { way: 'in', what: signalOf },
  'transport.say': { way: 'out', what: sayingOf },
  'link.said': { way: 'in', what: sayingOf },
  'transport.send': { way: 'out', what: messageOf },
  'link.message': { way: 'in', what: messageOf },
  'link.messageOpened': { way: 'in', what: messageOf },
}
const PEER = 'peer:'

/** Finds in records what leaves the device and what comes to it. */
export const createWireEnds = (identify: (actor: string) => Known | undefined) => {
  const ends: WireEnd[] = []
  /** Of a transport, the device is told by its parent’s name. */
  const peerOf = (border: string, payload: Fields): string => {
    const named = textOf(payload['to']) || textOf(payload['from'])
    const parent = identify(identify(border)?.parent ?? '')?.id ?? ''
    return named || (parent.startsWith(PEER) ? parent.slice(PEER.length) : '')
  }
  const take = ({ type, actor, from, n, at, payload }: EventRecord): void => {
    const border = Object.hasOwn(BORDER, type) ? BORDER[type] : undefined
    const end = border?.way === 'out' ? actor : from
    if (!border || end === undefined) return
    const fields = fieldsOf(payload)
    const peer = peerOf(end, fields)
    if (peer) ends.push({ way: border.way, peer, ...border.what(fields), actor: end, n, at })
  }
  return {
    ends,
    take: (record: InspectRecord): void => {
      if (record.kind === 'event') take(record)
    },
  }
}
