import type { Chronicle } from './check-chronicle.ts'
import type { Entry } from '#model/entry'
import type { PeerStatus } from '#store/sync-store.types'
import { placeOf } from './check-disk.ts'
import { doubts } from './check-entries.ts'
import { type Present, unionOf } from './check-present.ts'
import type { FindingList } from './check-rules.ts'
import { notJson } from './not-json.ts'

/** A snapshot of the charts of one device, and what each other device may add: a few hundred bytes are usual. */
const CHART_BYTES = 16 * 1024
const CHART_BYTES_PER_PEER = 8 * 1024

/** WORLD-9, 11, 12 and 13: nothing is under way any more. */
export const checkRest = (findings: FindingList, chronicle: Chronicle, present: readonly Present[]): void => {
  checkLinks(findings, chronicle, present)
  const isDoubtful = doubts(chronicle, present, unionOf(present))
  for (const one of present) {
    const others = present.filter((other) => other !== one)
    checkOutbox(findings, chronicle, one, others, isDoubtful)
    checkReceipts(findings, chronicle, one, others, isDoubtful)
    const { restingBytes } = one.device
    // What came half from a device that is no more is kept for as long as its link may come back.
    if (restingBytes !== 0 && soughtInVain(one, present).length === 0)
      findings.add('WORLD-12', `${one.name}: ${restingBytes} bytes rest in memory, and nothing moves`)
    checkCharts(findings, one)
  }
}

/** States in which a device has an end of a link, open or not. */
const WITH_END: ReadonlySet<string> = new Set(['connecting', 'connected', 'recovering'])

/** WORLD-11. Who nobody is any more, after wiped storage, is still looked for: one end for each who does. */
const checkLinks = (findings: FindingList, { world }: Chronicle, present: readonly Present[]): void => {
  const { links, ends } = world.network
  const pairs = (present.length * (present.length - 1)) / 2
  const vain = present.flatMap((one) => soughtInVain(one, present))
  if (links === pairs && ends >= 2 * pairs && ends <= 2 * pairs + vain.length) return
  const says = `${present.length} devices run with ${links} links and ${ends} ends`
  findings.add('WORLD-11', `${says}, of which ${vain.length} for a device that is no more`)
}

/** Whom a device has an end of a link for, and who nobody is any more. */
const soughtInVain = ({ device }: Present, present: readonly Present[]): readonly PeerStatus[] => {
  const ids = new Set(present.map(({ peerId }) => peerId))
  return device.engine.store.getStatus().peers.filter(({ peerId, state }) => WITH_END.has(state) && !ids.has(peerId))
}

type IsDoubtful = ReturnType<typeof doubts>

/** WORLD-9. What a fork made ambiguous cannot be acknowledged, nor what builds on that. */
const checkOutbox = (
  findings: FindingList,
  { forks }: Chronicle,
  { name, device, held }: Present,
  others: readonly Present[],
  isDoubtful: IsDoubtful,
): void => {
  const { outboxCount, peers } = device.engine.store.getStatus()
  const isOwn = ({ peerId }: Entry) => device.peerIds.includes(peerId)
  const isForked = [...held.values()].some(({ entry }) => isOwn(entry) && isDoubtful(entry))
  if (outboxCount !== 0 && others.length > 0 && !isForked)
    findings.add('WORLD-9', `${name} has ${outboxCount} entries in its outbox`)
  for (const other of others) {
    const peer = peers.find(({ peerId }) => peerId === other.peerId)
    if (peer?.state !== 'connected')
      findings.add('WORLD-9', `${name} shows ${other.name} as ${peer?.state ?? 'nobody'}`)
    if (forks.size === 0 && peer && peer.lacks + peer.ahead > 0)
      findings.add('WORLD-9', `${name} shows that ${other.name} lacks ${peer.lacks} and is ahead by ${peer.ahead}`)
  }
}

/** WORLD-9 for the newest entry of each author, an old one, and one between. */
const checkReceipts = (
  findings: FindingList,
  { forks }: Chronicle,
  { name, device, reading, held }: Present,
  others: readonly Present[],
  isDoubtful: IsDoubtful,
): void => {
  for (const [author, last] of reading.vector) {
    // Who claims more of a log than its own device holds is believed nothing about it.
    if (forks.has(author)) continue
    for (const seq of new Set([1, Math.ceil(last / 2), last])) {
      const stored = held.get(placeOf(author, seq))
      if (stored && isDoubtful(stored.entry)) continue
      const { on, state } = device.engine.receipts({ peerId: author, seq })
      const missing = others.filter(({ peerId }) => !on.includes(peerId)).map((other) => other.name)
      if (missing.length > 0)
        findings.add('WORLD-9', `${name} shows ${placeOf(author, seq)} as “${state}”, not on ${missing.join(', ')}`)
    }
  }
}

/** WORLD-13. */
const checkCharts = (findings: FindingList, { name, device, peerId }: Present): void => {
  const { actor } = device.engine
  const { status } = actor.getSnapshot() as { status?: unknown }
  if (status !== 'active') findings.add('WORLD-13', `${name}: its engine’s chart is ${String(status)}`)
  const persisted: unknown = actor.getPersistedSnapshot()
  for (const where of notJson(persisted)) findings.add('WORLD-13', `${name}: in its charts ${where}`)
  const bytes = JSON.stringify(persisted).length
  const limit = CHART_BYTES + CHART_BYTES_PER_PEER * device.engine.store.getStatus().peers.length
  if (bytes > limit) findings.add('WORLD-13', `${name} (${peerId}): its charts take ${bytes} bytes, more than ${limit}`)
}
