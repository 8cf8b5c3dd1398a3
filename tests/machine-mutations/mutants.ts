export type MachineName = 'reassembly' | 'signaling' | 'sync-engine' | 'sync-mesh' | 'sync-peer'

/** One thing of a chart taken away or changed, and what must notice. */
export interface MachineMutant {
  readonly machine: MachineName
  /** What the chart does then. */
  readonly name: string
  /** Within the machine's folder. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
  /** Laws that break: of the machine (`PEER-2`) or of the house (`HOUSE-4`). Empty where only tests notice. */
  readonly laws: readonly string[]
  /** Where no law does: the test file in the machine's folder that notices. */
  readonly test?: string
}

const reassembly: readonly MachineMutant[] = [
  {
    machine: 'reassembly',
    name: 'a message whose chunks stop coming is never given up',
    file: 'reassembly.machine.ts',
    find: "      after: { stalledLimit: 'abandoned' },\n",
    replace: '',
    laws: ['HOUSE-1'],
  },
  {
    machine: 'reassembly',
    name: 'that the last chunk is here goes unnoticed',
    file: 'reassembly.machine.ts',
    find: "      always: { guard: 'isWhole', target: 'complete' },\n",
    replace: '',
    laws: ['REASSEMBLY-1'],
  },
  {
    machine: 'reassembly',
    name: 'a look does not remember what it saw',
    file: 'reassembly.machine.ts',
    find: '      entry: look,\n',
    replace: '',
    laws: [],
  },
  {
    machine: 'reassembly',
    name: 'a message that makes progress counts as stalled',
    file: 'reassembly.machine.ts',
    find: "[{ guard: 'hasProgressed', target: 'receiving', reenter: true }, { target: 'stalled' }]",
    replace: "[{ target: 'stalled' }]",
    laws: ['REASSEMBLY-3'],
  },
  {
    machine: 'reassembly',
    name: 'the chunk that ends a stall is not counted',
    file: 'reassembly.machine.ts',
    find: "{ target: 'receiving', actions: countChunk }",
    replace: "'receiving'",
    laws: [],
  },
  {
    machine: 'reassembly',
    name: 'a message given up half way is handed on as complete',
    file: 'reassembly.machine.ts',
    find: '    received >= total\n',
    replace: '    received >= 1 || received >= total\n',
    laws: ['REASSEMBLY-4'],
  },
]

const signaling: readonly MachineMutant[] = [
  {
    machine: 'signaling',
    name: 'after a pause nobody calls again',
    file: 'signaling.machine.ts',
    find: "      after: { backoff: 'up' },\n",
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'signaling',
    name: 'a server that never answers is called for ever',
    file: 'signaling.machine.ts',
    find: "      always: { guard: 'isExhausted', target: 'gaveUp' },\n",
    replace: '',
    laws: ['SIGNALING-3'],
  },
  {
    machine: 'signaling',
    name: 'a server that lets nobody join is waited for',
    file: 'signaling.machine.ts',
    find: "          after: { socketJoin: { target: '#signaling.waiting', actions: fail('signaling-unreachable') } },\n",
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'signaling',
    name: 'the server is not asked to let us in',
    file: 'signaling.machine.ts',
    find: "          entry: socket(() => ({ type: 'socket.join' })),\n",
    replace: '',
    laws: [],
  },
  {
    machine: 'signaling',
    name: 'the fault of the last attempt outlives the success of this one',
    file: 'signaling.machine.ts',
    find: '                assign({ fault: null }),\n',
    replace: '',
    laws: ['SIGNALING-5'],
  },
  {
    machine: 'signaling',
    name: 'a final refusal is only a reason for a pause',
    file: 'signaling.machine.ts',
    find: "          { guard: 'isFinal', target: 'refused', actions: assign({ fault: ({ event }) => event.fault }) },\n",
    replace: '',
    laws: ['HOUSE-6'],
  },
  {
    machine: 'signaling',
    name: 'a page that comes to the front cuts short what the server asked for',
    file: 'signaling.machine.ts',
    find: "{ guard: 'isOurOwnWait', target: 'up' }",
    replace: "{ target: 'up' }",
    laws: [],
  },
  {
    machine: 'signaling',
    name: 'another server’s address changes nothing but the address',
    file: 'signaling.machine.ts',
    find: "      target: '.offline',\n",
    replace: '',
    laws: ['SIGNALING-2'],
  },
  {
    machine: 'signaling',
    name: 'a server may ask for any pause',
    file: 'signaling.setup.ts',
    find: 'Math.min(Math.max(retryMs || 0, 0), TIMINGS.serverHoldMax)',
    replace: 'Math.max(retryMs || 0, 0)',
    laws: ['SIGNALING-7'],
  },
]

const syncEngine: readonly MachineMutant[] = [
  {
    machine: 'sync-engine',
    name: 'the log is opened without the right to write it',
    file: 'active.region.ts',
    find: "  invoke: { id: 'leadership', src: 'leadership', input: storeOf },\n",
    replace: '',
    laws: ['HOUSE-1'],
  },
  {
    machine: 'sync-engine',
    name: 'a tab that lost the log goes on writing it',
    file: 'active.region.ts',
    find: "  on: { 'leadership.lost': '#yielding' },\n",
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-engine',
    name: 'what a closed store told still counts',
    file: 'active.region.ts',
    find: '      entry: assign({ opened: null }),\n',
    replace: '',
    laws: ['ENGINE-3'],
  },
  {
    machine: 'sync-engine',
    name: 'a mesh that crashed is not made anew',
    file: 'active.region.ts',
    find: "      after: { mending: 'up' },\n",
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'sync-engine',
    name: 'an engine stopped while it opens its log runs all the same',
    file: 'active.region.ts',
    find: "      { guard: 'isDropped', target: '#closing' },\n",
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-engine',
    name: 'a phase has no name that people know',
    file: 'active.region.ts',
    find: "      description: 'The other devices are told goodbye.',\n      tags: 'closing',\n",
    replace: "      description: 'The other devices are told goodbye.',\n",
    laws: ['ENGINE-5'],
  },
  {
    machine: 'sync-engine',
    name: 'a tab that stands by does not say why',
    file: 'active.region.ts',
    find: "      entry: note('another-tab'),\n",
    replace: '',
    laws: ['ENGINE-6'],
  },
  {
    machine: 'sync-engine',
    name: 'a page that is closed says no goodbye',
    file: 'active.region.ts',
    find: "    'page.leaving': '.leaving',\n",
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-engine',
    name: 'a mesh made anew repeats the names that the last one gave its attempts',
    file: 'active.region.ts',
    find: 'generation: generation + 1, ',
    replace: 'generation, ',
    laws: [],
  },
]

const syncMesh: readonly MachineMutant[] = [
  {
    machine: 'sync-mesh',
    name: 'the roster outlives the connection to its server',
    file: 'membership.region.ts',
    find: "    'signaling.down': { actions: unlistAll },\n",
    replace: '',
    laws: ['MESH-8'],
  },
  {
    machine: 'sync-mesh',
    name: 'an actor that crashed is not made anew',
    file: 'membership.region.ts',
    find: "      after: { mending: { target: 'tending', actions: settled(() => ({ crashed: [] })) } },\n",
    replace: '',
    laws: ['HOUSE-1'],
  },
  {
    machine: 'sync-mesh',
    name: 'what is left of an actor that crashed is not cleared away',
    file: 'sync-mesh.setup.ts',
    find: '  enqueue.stopChild(event.actorId)\n',
    replace: '',
    laws: ['MESH-1'],
  },
  {
    machine: 'sync-mesh',
    name: 'the mesh ends without a goodbye',
    file: 'sync-mesh.machine.ts',
    find: '      entry: sayGoodbye,\n',
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-mesh',
    name: 'the address that is set already empties the roster',
    file: 'membership.region.ts',
    find: "[{ guard: 'isSameUrl' }, { actions: unlistAll }]",
    replace: '[{ actions: unlistAll }]',
    laws: [],
  },
  {
    machine: 'sync-mesh',
    name: 'the last link’s end leaves a mesh without a server linked',
    file: 'rendezvous.region.ts',
    find: "            { guard: and(['hasNoLinks', 'hasNoUrl']), target: 'alone' },\n            { guard: 'hasNoLinks', target: 'stranded' },\n",
    replace: '',
    laws: ['MESH-5'],
  },
  {
    machine: 'sync-mesh',
    name: 'a device becomes its own peer',
    file: 'membership.ts',
    find: '    .filter((id) => id !== context.selfId)\n',
    replace: '',
    laws: ['MESH-7'],
  },
  {
    machine: 'sync-mesh',
    name: 'signaling that crashed is not made anew',
    file: 'rendezvous.region.ts',
    find: "      after: { mending: 'served' },\n",
    replace: '',
    laws: ['HOUSE-1'],
  },
  {
    machine: 'sync-mesh',
    name: 'everybody in the roster is linked to, whatever the limit',
    file: 'membership.ts',
    find: '.slice(0, room)].filter',
    replace: '].filter',
    laws: [],
  },
]

const syncPeer: readonly MachineMutant[] = [
  {
    machine: 'sync-peer',
    name: 'after a pause no attempt follows',
    file: 'link.region.ts',
    find: "      after: { backoff: 'choosing' },\n",
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'sync-peer',
    name: 'a device that opens the channels and says nothing is waited for',
    file: 'engaged.region.ts',
    find: "  after: { greeting: { target: '#faltering', actions: note('greeting-timeout') } },\n",
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'sync-peer',
    name: 'a third beat without a word means nothing',
    file: 'connected.region.ts',
    find: "          { guard: 'isListed', target: '#broken', actions: note('link-silent') },\n          { target: '#silent', actions: [note('link-silent'), ping] },\n",
    replace: '          { actions: ping },\n',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'sync-peer',
    name: 'an accepted hello is not told to the replicator',
    file: 'engaged.region.ts',
    find: '        actions: greet,\n',
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-peer',
    name: 'batches go out although the link is gone',
    file: 'outbound.region.ts',
    find: "        guard: 'isCut',\n        target: 'closed',\n",
    replace: "        guard: ({ context }) => context.peerId === '',\n        target: 'closed',\n",
    laws: ['PEER-2'],
  },
  {
    machine: 'sync-peer',
    name: 'half a message outlives its link',
    file: 'inbound.region.ts',
    find: '      exit: dropAll,\n',
    replace: '',
    laws: ['PEER-4'],
  },
  {
    machine: 'sync-peer',
    name: 'another device is believed to be the one that was called',
    file: 'engaged.region.ts',
    find: "      { guard: 'isHelloOfAnotherDevice', target: 'dismissing', actions: note('peer-mismatch') },\n",
    replace: '',
    laws: [],
  },
  {
    machine: 'sync-peer',
    name: 'attempts are not counted',
    file: 'link.region.ts',
    find: '      entry: countAttempt,\n',
    replace: '',
    laws: ['HOUSE-4'],
  },
  {
    machine: 'sync-peer',
    name: 'signals of an attempt that is over still count',
    file: 'sync-peer.guards.ts',
    find: "signal.kind !== 'nudge' && signal.connId === context.connId",
    replace: "signal.kind !== 'nudge' && signal.connId !== ''",
    laws: ['PEER-7'],
  },
  {
    machine: 'sync-peer',
    name: 'both sides dial',
    file: 'link.region.ts',
    find: "{ guard: 'isDialer', target: 'engaged', actions: nameAttempt }",
    replace: "{ target: 'engaged', actions: nameAttempt }",
    laws: ['PEER-8'],
  },
  {
    machine: 'sync-peer',
    name: 'a link that is well still shows why there was none',
    file: 'connected.region.ts',
    find: '  entry: forgetFault,\n',
    replace: '',
    laws: ['PEER-10'],
  },
  {
    machine: 'sync-peer',
    name: 'a device may ask for attempts as often as it likes',
    file: 'heed.region.ts',
    find: "      always: [\n        { guard: 'isHastened', target: 'spent' },\n",
    replace: '      always: [\n',
    laws: [],
  },
]

export const MACHINE_MUTANTS: readonly MachineMutant[] = [
  ...reassembly,
  ...signaling,
  ...syncEngine,
  ...syncMesh,
  ...syncPeer,
]
