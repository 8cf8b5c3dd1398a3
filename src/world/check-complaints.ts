import type { ActorRefLike, AnyEventObject } from 'xstate'
import type { SyncEngine } from '#engine/types'
import { type FaultCode, FieldmeshError, isFaultCode } from '#model/fault'
import type { Chronicle } from './check-chronicle.ts'
import type { WorldRule } from './check-rules.ts'

interface Complaint {
  readonly fault: FaultCode
  /** Whom it is about. */
  readonly peerId?: string | undefined
}

/** Which rule a complaint breaks where every device is honest; undefined for what the world does to it. */
const ruleOf = (fault: FaultCode): WorldRule | undefined => {
  if (fault === 'internal') return 'WORLD-13'
  if (fault === 'storage-corrupt') return 'WORLD-2'
  return fault.startsWith('wire-') || fault.startsWith('entry-') ? 'WORLD-18' : undefined
}

/** A hostile member may be blamed, and nobody else: least of all for defects of ours that it brings to light. */
export const checkFault = ({ findings, world }: Chronicle, name: string, { fault, peerId }: Complaint): void => {
  const rule = ruleOf(fault)
  if (!rule) return
  const isHostile = world.hostiles.some((hostile) => peerId === undefined || hostile.peerId === peerId)
  if (rule === 'WORLD-18' && isHostile) return
  findings.add(rule, `${name} complains at ${world.now()} ms: ${fault}${peerId ? ` by ${peerId}` : ''}`)
}

/** WORLD-13 and WORLD-18 for what stays between the actors of an engine: links that fail are simply made anew. */
export const followActors = (chronicle: Chronicle, name: string, { actor }: SyncEngine): void => {
  actor.system.inspect((inspected) => {
    if (inspected.type !== '@xstate.event') return
    const { event, actorRef } = inspected
    if (event.type === 'link.failed' || event.type === 'link.refused') checkLink(chronicle, name, event, actorRef)
    else if (event.type.startsWith('xstate.error.actor.')) checkCrash(chronicle, name, event)
  })
}

const checkLink = (chronicle: Chronicle, name: string, { type, fault }: AnyEventObject, peer: ActorRefLike): void => {
  if (!isFaultCode(fault) || (type === 'link.failed' && fault !== 'internal')) return
  const { context } = peer.getSnapshot() as { readonly context?: { readonly peerId?: string } }
  checkFault(chronicle, `${name} (${type})`, { fault, peerId: context?.peerId })
}

/** What storage and its like are refused for is told as a fault with words; the rest is a defect. */
const checkCrash = ({ findings, world }: Chronicle, name: string, { type, error }: AnyEventObject): void => {
  if (error instanceof FieldmeshError && error.code !== 'internal') return
  findings.add('WORLD-13', `${name}: an actor failed at ${world.now()} ms, ${type}: ${String(error)}`)
}
