import { assign } from 'xstate'
import { engine, forget, mesh, note, noteTold, storeOf, tellMesh } from './sync-engine.setup.ts'

const loading = engine.createStateConfig({
  id: 'loading',
  description: 'The log is read; that cannot be called off, so a change of mind waits for its end.',
  invoke: {
    id: 'openStore',
    src: 'openStore',
    input: storeOf,
    onDone: [
      { guard: 'isDropped', target: '#closing' },
      { guard: 'isLost', target: '#yielding' },
      { target: '#up', actions: assign({ opened: ({ event }) => event.output }) },
    ],
    onError: [
      { guard: 'isDropped', target: '#idle' },
      { target: '#failed', actions: noteTold },
    ],
  },
  initial: 'wanted',
  on: { 'engine.stop': '.dropped', 'leadership.lost': '.lost' },
  states: {
    wanted: {
      description: 'The log is read to be used.',
      tags: 'opening',
    },
    dropped: {
      description: 'The engine was stopped meanwhile.',
      tags: 'closing',
      on: { 'engine.start': 'wanted', 'leadership.lost': {} },
    },
    lost: {
      description: 'Another tab took the log over meanwhile.',
      tags: 'standby',
    },
  },
})

const opening = engine.createStateConfig({
  description: 'The log is acquired and opened.',
  initial: 'acquiring',
  // Nothing is open yet that would have to be closed.
  on: {
    'engine.stop': '#idle',
    'leadership.failed': { target: '#failed', actions: noteTold },
  },
  states: {
    acquiring: {
      description: 'The right to write the log is asked for.',
      tags: 'opening',
      on: { 'leadership.acquired': 'loading', 'leadership.blocked': 'standingBy' },
    },
    standingBy: {
      description: 'Another tab writes the log; this one takes over when that one closes.',
      tags: ['standby', 'resting'],
      entry: note('another-tab'),
      on: { 'leadership.acquired': 'loading' },
      exit: note(null),
    },
    loading,
  },
})

const up = engine.createStateConfig({
  id: 'up',
  description: 'Records are saved here and exchanged with the other devices.',
  invoke: [
    {
      id: 'mesh',
      src: 'mesh',
      systemId: 'mesh',
      input: ({ context: { signalingUrl, seed, maxDirectPeers, generation, opened } }) => ({
        selfId: opened?.peerId ?? '',
        epoch: opened?.epoch ?? 0,
        generation,
        knownPeers: opened?.knownPeers ?? [],
        room: opened?.room ?? '',
        signalingUrl,
        seed,
        maxDirectPeers,
      }),
      onDone: '#closing',
      onError: {
        target: 'mending',
        actions: [
          note('internal'),
          assign(({ context: { generation, crashes } }) => ({ generation: generation + 1, crashes: crashes + 1 })),
        ],
      },
    },
    { id: 'presence', src: 'presence', input: {} },
    { id: 'storageHealth', src: 'storageHealth', input: storeOf },
  ],
  initial: 'healthy',
  after: { proven: { actions: assign({ crashes: 0 }) } },
  on: {
    'engine.stop': '.leaving',
    'engine.retry': {
      actions: mesh(({ event: { peerId } }) => ({ type: 'mesh.retry', ...(peerId !== undefined && { peerId }) })),
    },
    'engine.forget': {
      actions: [forget, mesh(({ event: { peerId } }) => ({ type: 'mesh.forget', peerId }))],
    },
    'engine.setSignaling': {
      actions: [
        assign({ signalingUrl: ({ event }) => event.url }),
        mesh(({ event: { url } }) => ({ type: 'mesh.setSignaling', url })),
      ],
    },
    // No time is left but for a goodbye; without it the others would take the device for silent.
    'page.leaving': '.leaving',
    'page.online': { actions: tellMesh },
    'page.visible': { actions: tellMesh },
    'page.resumed': { actions: tellMesh },
    'page.woke': { actions: tellMesh },
    'network.changed': { actions: tellMesh },
  },
  states: {
    healthy: {
      description: 'Everything that is written is kept.',
      tags: 'running',
      entry: note(null),
      on: { 'storage.failed': { target: 'storageTroubled', actions: noteTold } },
    },
    storageTroubled: {
      description: 'The storage refused something; what was stored before is safe and still exchanged.',
      tags: 'running',
      on: { 'storage.recovered': 'healthy', 'storage.failed': { actions: noteTold } },
    },
    leaving: {
      description: 'The other devices are told goodbye.',
      tags: 'closing',
      entry: mesh(() => ({ type: 'mesh.close' })),
      on: { 'engine.stop': {}, 'page.leaving': {} },
    },
  },
})

/** From the wish to run to the last write: holds the right to write the log all the while. */
export const active = engine.createStateConfig({
  description: 'This tab writes the log, or waits to.',
  invoke: { id: 'leadership', src: 'leadership', input: storeOf },
  initial: 'opening',
  on: { 'leadership.lost': '#yielding' },
  states: {
    opening,
    up,
    mending: {
      description: 'The mesh crashed; it is made anew after a pause, while records are still saved.',
      tags: 'running',
      after: { mending: 'up' },
      on: { 'engine.stop': 'closing' },
    },
    closing: {
      id: 'closing',
      description: 'What is being written is finished, and the log is closed.',
      entry: assign({ opened: null }),
      invoke: {
        id: 'closeStore',
        src: 'closeStore',
        input: storeOf,
        onDone: [{ guard: 'isReturning', target: '#loading' }, { target: '#idle' }],
        onError: [
          { guard: 'isReturning', target: '#failed', actions: noteTold },
          { target: '#idle', actions: noteTold },
        ],
      },
      initial: 'ending',
      // The log is on its way to be closed in any case.
      on: { 'leadership.lost': {} },
      states: {
        ending: {
          description: 'Afterwards nothing more is done.',
          tags: 'closing',
          on: { 'engine.start': 'returning' },
        },
        returning: {
          description: 'Afterwards the log is opened again, for the engine was started meanwhile.',
          tags: 'opening',
          on: { 'engine.stop': 'ending' },
        },
      },
    },
  },
})
