import type { WorldRule } from '#world/checkers'
import type { StoryName } from './stories.ts'

/** A story, and the seed of the world it is played in. */
export type World = `${StoryName}:${number}`

/** A rule of the product taken away, and who must notice. */
export interface Mutant {
  readonly name: string
  /** From the project's root. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** Worlds in which it shows, one after another until it does. */
  readonly worlds: readonly World[]
  /** At least one of these is broken in the first world that finds anything. */
  readonly rules: readonly (WorldRule | 'QUIET')[]
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the causal gate is open',
    file: 'src/model/causal-gate.ts',
    find: '  const previous = seqOf(entry) - 1',
    replace: '  if (applied) return undefined\n  const previous = seqOf(entry) - 1',
    worlds: ['gaps:1', 'gaps:2', 'gaps:3'],
    rules: ['WORLD-8', 'WORLD-2'],
  },
  {
    name: 'of two writes of the same moment whoever came first wins',
    file: 'src/model/write-order.ts',
    find: '  compareText(a.peerId, b.peerId) ||\n',
    replace: '',
    worlds: ['ties:1', 'ties:2', 'ties:3'],
    rules: ['WORLD-1', 'WORLD-2'],
  },
  {
    name: 'entries are shown and acknowledged before they are durable',
    file: 'src/store/durable-log.ts',
    find: '    try {\n      await journal.append(...batches)',
    replace: '    commit()\n    commit = () => {}\n    try {\n      await journal.append(...batches)',
    worlds: ['crashes:1', 'crashes:2', 'crashes:3'],
    rules: ['WORLD-6', 'WORLD-7'],
  },
  {
    name: 'after a reconnect what was sent before counts as there',
    file: 'src/engine/replication.ts',
    find: '    this.#sent = this.#sent?.merge(theirs) ?? theirs\n',
    replace:
      '    const memory = (session.sent ??= new Map())\n    this.#sent = (this.#sent ?? memory.get(peerId))?.merge(theirs) ?? theirs\n    memory.set(peerId, this.#sent)\n',
    worlds: ['cuts:1', 'cuts:2', 'cuts:3'],
    rules: ['QUIET', 'WORLD-3'],
  },
  {
    name: 'a half-received message outlives its link',
    file: 'machines/sync-peer/inbound.region.ts',
    find: '      exit: dropAll,\n',
    replace: '',
    worlds: ['halves:1', 'halves:2', 'halves:3'],
    rules: ['QUIET', 'WORLD-3', 'WORLD-12'],
  },
  {
    name: 'the bytes of a half-received message outlive its link',
    file: 'src/adapters/webrtc/link.ts',
    find: '      depot.dropAll(connId)\n',
    replace: '',
    worlds: ['cuts:1', 'cuts:2', 'cuts:3'],
    rules: ['WORLD-12'],
  },
  {
    name: 'nobody notices that a device fell silent',
    file: 'machines/sync-peer/connected.region.ts',
    find: `        'pulse.beat': [
          { guard: 'isListed', target: '#broken', actions: note('link-silent') },
          { target: '#silent', actions: [note('link-silent'), ping] },
        ],`,
    replace: "        'pulse.beat': { actions: ping },",
    worlds: ['frozen:1', 'frozen:2', 'gone:1'],
    rules: ['WORLD-17'],
  },
  {
    name: 'after a restart the hybrid clock follows the wall clock back',
    file: 'src/model/replica.ts',
    find: 'this.#clock.adopt({ timestamp, counter })',
    replace: 'this.#clock.observe({ timestamp, counter }, wall)',
    worlds: ['clocks:1', 'clocks:2', 'clocks:3'],
    rules: ['WORLD-10'],
  },
  {
    name: 'credit is never given back',
    file: 'src/adapters/webrtc/credit-giver.ts',
    find: "    say({ kind: 'credit', received })",
    replace: '    if (received < 0) say({ kind: "credit", received })',
    worlds: ['bulk:1', 'bulk:2', 'bulk:3'],
    rules: ['QUIET', 'WORLD-3'],
  },
  {
    name: 'a device whose log forked keeps its identity',
    file: 'src/store/identity.ts',
    find: '{ ...stored, retired: true }',
    replace: '{ ...stored, retired: false }',
    worlds: ['restored:1', 'restored:2', 'restored:3'],
    rules: ['WORLD-16'],
  },
  {
    name: 'what is missing is not asked for again',
    file: 'src/engine/replication.ts',
    find: '    if (pull) this.#heedPull()\n',
    replace: '',
    worlds: ['gaps:1', 'gaps:2', 'gaps:3'],
    rules: ['QUIET', 'WORLD-3'],
  },
  {
    name: 'what waiting entries build on is acknowledged as held',
    file: 'src/store/replica-store.ts',
    find: '  vector(): VectorClock {\n    return this.#core.versionVector()\n',
    replace: '  vector(): VectorClock {\n    return this.#core.versionVector().merge(this.#core.waitingClock())\n',
    worlds: ['gaps:1', 'gaps:2', 'gaps:3'],
    rules: ['QUIET', 'WORLD-3', 'WORLD-7'],
  },
  {
    name: 'a write whose storing was in doubt is written again in another form',
    file: 'src/store/durable-log.ts',
    find: '    if (doubt === undefined) return\n',
    replace: '    doubt = undefined\n    if (doubt === undefined) return\n',
    worlds: ['doubts:1', 'doubts:2', 'doubts:3'],
    rules: ['WORLD-4', 'WORLD-7', 'WORLD-8'],
  },
  {
    name: 'a write beats what it has not seen',
    file: 'src/model/maximal-writes.ts',
    find: '    return new Map([writes, entry].map((write) => [write.peerId, write]))',
    replace: '    return entry',
    worlds: ['ties:1', 'ties:2', 'ties:3'],
    rules: ['WORLD-1', 'WORLD-2', 'WORLD-5'],
  },
  {
    name: 'a deletion wins over an edit beside it',
    file: 'src/model/record-state.ts',
    find: 'Number(b.value) - Number(a.value)',
    replace: 'Number(a.value) - Number(b.value)',
    worlds: ['ties:4', 'ties:1', 'ties:2', 'ties:3'],
    rules: ['WORLD-2', 'WORLD-5'],
  },
  {
    name: 'a write does not beat what its author saw last',
    file: 'src/model/write-order.ts',
    find: '?? 0) >= seqOf(earlier)',
    replace: '?? 0) > seqOf(earlier)',
    worlds: ['ties:1', 'ties:2', 'ties:3'],
    rules: ['WORLD-2'],
  },
  {
    name: 'receipts name whoever is known',
    file: 'src/engine/receipts.ts',
    find: 'dot.peerId, mine) >= dot.seq',
    replace: 'dot.peerId, mine) >= 0',
    worlds: ['crashes:1', 'crashes:2', 'crashes:3'],
    rules: ['WORLD-7'],
  },
  {
    name: 'nothing is ever acknowledged',
    file: 'src/engine/announcer.ts',
    find: '      if (!greeted) return\n',
    replace: '      if (greeted) return\n',
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['QUIET', 'WORLD-9'],
  },
  {
    name: 'connections are not closed',
    file: 'src/adapters/webrtc/farewell.ts',
    find: "readyState !== 'open') {\n    pc.close()\n",
    replace: "readyState !== 'open') {\n",
    worlds: ['cuts:1', 'cuts:2', 'cuts:3'],
    rules: ['WORLD-11', 'WORLD-14'],
  },
  {
    name: 'timers go on after the stop',
    file: 'src/adapters/page/ticker.ts',
    find: '  return () => clock.clearTimeout(timer)',
    replace: '  return () => {}',
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['WORLD-14'],
  },
  {
    name: 'an entry that came again is taken for another',
    file: 'src/model/merge-planner.ts',
    find: 'const isSame = (a: Entry, b: Entry): boolean => a === b || canonical(a) === canonical(b)',
    replace: 'const isSame = (a: Entry, b: Entry): boolean => a === b',
    worlds: ['gaps:1', 'gaps:2', 'gaps:3'],
    rules: ['WORLD-3', 'WORLD-9', 'QUIET'],
  },
  {
    name: 'a write resolves before it is durable',
    file: 'src/store/write-group.ts',
    find: '  if (entries.length > 0) await steps.commit(entries)\n  let from = 0',
    replace: '  if (entries.length > 0) void steps.commit(entries).catch(() => undefined)\n  let from = 0',
    worlds: ['crashes:1', 'crashes:2', 'crashes:3'],
    rules: ['WORLD-6'],
  },
  {
    name: 'what failed is not tried again for weeks',
    file: 'machines/kit/backoff.ts',
    find: '  return Math.floor(unit(seed',
    replace: '  return 2e9 + Math.floor(unit(seed',
    worlds: ['rough:1', 'rough:2', 'gone:1'],
    rules: ['QUIET'],
  },
  {
    name: 'an adapter throws now and then, and its link is simply made anew',
    file: 'src/adapters/webrtc/receiver.ts',
    find: "    if (message.kind === 'pong') options.onPong(message.id)",
    replace: "    if (message.kind === 'pong' && message.id % 5 === 4) throw new TypeError('a defect')",
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['WORLD-13'],
  },
  {
    name: 'a device now and then sends what is no message',
    file: 'src/adapters/webrtc/sender.ts',
    find: '      const bytes = encodeControl(message)\n',
    replace:
      "      const bytes = encodeControl(message)\n      if (message.kind === 'ping' && message.id % 5 === 4) bytes.fill(0xff)\n",
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['WORLD-18'],
  },
  {
    name: 'an actor crashes now and then, and is made anew',
    file: 'src/engine/replicator.ts',
    find: '    replication.introduce()\n',
    replace: "    if (services.now() % 3 === 0) throw new TypeError('a defect')\n    replication.introduce()\n",
    worlds: ['rough:1', 'rough:2', 'rough:3'],
    rules: ['WORLD-13'],
  },
  {
    name: 'what a hostile member sends is taken for a defect of ours',
    file: 'src/store/replica-store.ts',
    find: 'refused: [batch.fault], doubtful',
    replace: "refused: ['internal'], doubtful",
    worlds: ['intruded:4', 'intruded:5', 'intruded:6', 'intruded:7', 'intruded:8', 'intruded:9'],
    rules: ['WORLD-13'],
  },
  {
    name: 'the socket to the server is not closed',
    file: 'src/adapters/websocket/socket.ts',
    find: "        signal?.removeEventListener('abort', stop)\n        stop()\n",
    replace: "        signal?.removeEventListener('abort', stop)\n",
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['WORLD-14'],
  },
  {
    name: 'the journal is not closed',
    file: 'src/store/replica-store.ts',
    find: 'this.#queue.run(() => this.#journal.close())',
    replace: 'this.#queue.run(async () => {})',
    worlds: ['gone:1', 'gone:2', 'gone:3'],
    rules: ['WORLD-14'],
  },
  {
    name: 'whose log forked is not said',
    file: 'src/engine/status.ts',
    find: "  ...store.forked.map((peerId) => ({ peerId, fault: 'author-forked' as const })),\n",
    replace: '',
    worlds: ['branches:1', 'branches:2', 'branches:3'],
    rules: ['WORLD-15'],
  },
]
