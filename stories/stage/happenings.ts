import type { AnyEventObject } from 'xstate'
import type { Signal } from '#wire/signal'
import type { Happening } from './moment.types.ts'

/** A machine was sent something, on a device, and may have moved. */
export interface Sent {
  readonly device: string
  /** Id of the machine: `sync-peer`, `signaling` … */
  readonly machine: string
  /** Whom the chart is about, where it is about one other device. */
  readonly about?: string
  readonly event: AnyEventObject
  readonly hasMoved: boolean
}

/** What is told of although nothing moves: it crossed the network, and is no mere sign of life. */
const messageOf = ({ event, about, device }: Sent): string | undefined => {
  const from = about ?? 'server'
  if (event.type === 'peer.signaled') return `${from} → ${device}: ${(event['signal'] as Signal).kind}`
  if (event.type === 'link.message') return `${from} → ${device}: ${String(event['kind'])}`
  if (event.type === 'link.messageOpened') return `${from} → ${device}: ${String(event['kind'])}, first of many chunks`
  if (event.type === 'link.said') {
    const { kind } = event['message'] as { readonly kind: string }
    return kind === 'hello' || kind === 'bye' ? `${from} → ${device}: ${kind}` : undefined
  }
  return event.type === 'socket.joined' ? `server → ${device}: joined` : undefined
}

/** XState's own names for the ends and beginnings of children and for delays, made short. */
const eventWords = (type: string): string => {
  if (type === 'xstate.init') return 'begins'
  const [, after] = /^xstate\.after\.(.+?)\./.exec(type) ?? []
  if (after !== undefined) return /^\d+$/.test(after) ? `after ${after} ms` : `after ${after}`
  return type.replace(/^xstate\.done\.actor\.(.*)$/, '$1 is done').replace(/^xstate\.error\.actor\.(.*)$/, '$1 failed')
}

/** What happened in words; undefined for what is not worth them. */
export const happeningOf = (sent: Sent): Happening | undefined => {
  const { device, machine, about, event, hasMoved } = sent
  const message = messageOf(sent)
  if (message !== undefined) return { kind: 'message', says: message, device }
  if (!hasMoved) return undefined
  const subject = about === undefined ? machine : `link to ${about}`
  return { kind: 'chart', says: `${device}: ${eventWords(event.type)} (${subject})`, device }
}

const RANK: Readonly<Record<Happening['kind'], number>> = { broken: 0, deed: 1, records: 2, message: 3, chart: 4 }

/** The most telling of several: what a person did, what came, what moved; of equals the first. */
export const mostTelling = (happened: readonly Happening[]): Happening | undefined =>
  happened.toSorted((a, b) => RANK[a.kind] - RANK[b.kind])[0]
