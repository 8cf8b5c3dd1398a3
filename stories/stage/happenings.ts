import type { AnyEventObject } from 'xstate'
import type { Signal } from '#wire/signal'
import type { CallOf, Happening } from './moment.types.ts'
import { begunWords, joinedWords, messageWords } from './message-words.ts'

/** A machine was sent something, on a device, and may have moved. */
export interface Sent {
  readonly device: string
  /** Id of the machine: `sync-peer`, `signaling` … */
  readonly machine: string
  /** Whom the chart is about, where it is about one other device. */
  readonly about?: string
  readonly event: AnyEventObject
  readonly hasMoved: boolean
  /** The sentence of the state that it came to, where it has one. */
  readonly entered?: string
}

/** A message in two ways: for everybody, and as the machines have it. */
type Told = Pick<Happening, 'says' | 'step'>

/** What is told of although nothing moves: it crossed the network, and is no mere sign of life. */
const messageOf = ({ event, about, device }: Sent, callOf: CallOf): Told | undefined => {
  const from = about ?? 'server'
  const told = (kind: string): Told => ({
    says: messageWords(kind, callOf(from), callOf(device)),
    step: `${from} → ${device}: ${kind}`,
  })
  if (event.type === 'peer.signaled') return told((event['signal'] as Signal).kind)
  if (event.type === 'link.message') return told(String(event['kind']))
  if (event.type === 'link.messageOpened') {
    const step = `${from} → ${device}: ${String(event['kind'])}, first of many chunks`
    return { says: begunWords(callOf(from), callOf(device)), step }
  }
  if (event.type === 'link.said') {
    const { kind } = event['message'] as { readonly kind: string }
    return kind === 'hello' || kind === 'bye' ? told(kind) : undefined
  }
  return event.type === 'socket.joined'
    ? { says: joinedWords(callOf(device)), step: `server → ${device}: joined` }
    : undefined
}

/** XState's own names for the ends and beginnings of children and for delays, made short. */
const eventWords = (type: string): string => {
  if (type === 'xstate.init') return 'begins'
  const [, after] = /^xstate\.after\.(.+?)\./.exec(type) ?? []
  if (after !== undefined) return /^\d+$/.test(after) ? `after ${after} ms` : `after ${after}`
  return type.replace(/^xstate\.done\.actor\.(.*)$/, '$1 is done').replace(/^xstate\.error\.actor\.(.*)$/, '$1 failed')
}

/** What part of a device a chart is about; the engine is the device. */
const PARTS: Readonly<Record<string, string>> = {
  signaling: ', signaling',
  'sync-mesh': ', other devices',
  reassembly: ', a long message',
}

const movedOf = ({ device, machine, about, event, entered }: Sent, callOf: CallOf): Told => {
  const step = `${device}: ${eventWords(event.type)} (${about === undefined ? machine : `link to ${about}`})`
  const part = about === undefined ? (PARTS[machine] ?? '') : `, link to ${callOf(about)}`
  return entered === undefined ? { says: step } : { says: `${callOf(device)}${part}: ${entered}`, step }
}

const asNamed: CallOf = (place) => place

/**
 * What happened in words, with the step as the machines name it; undefined for what is not worth them.
 *
 * @param callOf what a device, or `server`, is called
 */
export const happeningOf = (sent: Sent, callOf: CallOf = asNamed): Happening | undefined => {
  const { device, hasMoved } = sent
  const message = messageOf(sent, callOf)
  if (message) return { kind: 'message', ...message, device }
  return hasMoved ? { kind: 'chart', ...movedOf(sent, callOf), device } : undefined
}

const RANK: Readonly<Record<Happening['kind'], number>> = { broken: 0, deed: 1, records: 2, message: 3, chart: 4 }

/** The most telling of several: what a person did, what came, what moved; of equals the first. */
export const mostTelling = (happened: readonly Happening[]): Happening | undefined =>
  happened.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])[0]
