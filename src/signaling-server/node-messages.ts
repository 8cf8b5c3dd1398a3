import * as v from 'valibot'
import { LIMITS } from '#model/limits'
import { PEER_LEFT_WHYS } from '#wire/signaling'

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.idLength))
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const stay = v.strictObject({ peer: name, session: name, since: count })

const nodeMessage = v.variant('k', [
  /** A node that opens the room asks who is in it. */
  v.strictObject({ k: v.literal('who'), node: name }),
  /** Devices on that node; an answer to `who`, or news. */
  v.strictObject({
    k: v.literal('here'),
    node: name,
    stays: v.pipe(v.array(stay), v.maxLength(LIMITS.signalingRoster)),
  }),
  v.strictObject({ k: v.literal('gone'), node: name, peer: name, session: name, why: v.picklist(PEER_LEFT_WHYS) }),
  v.strictObject({
    k: v.literal('signal'),
    node: name,
    from: name,
    to: name,
    id: count,
    box: v.pipe(v.string(), v.maxLength(LIMITS.signalBytes)),
  }),
])

/** What the nodes of a room tell each other over the backplane. */
export type NodeMessage = v.InferOutput<typeof nodeMessage>

/** A device's stay in a room: `since` (ms since 1970) tells the newer of two stays of one device. */
export type Stay = v.InferOutput<typeof stay>

/** A message of another node, or undefined for what is none. Never throws. */
export const parseNodeMessage = (text: string): NodeMessage | undefined => {
  try {
    const result = v.safeParse(nodeMessage, JSON.parse(text), { abortEarly: true })
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}
