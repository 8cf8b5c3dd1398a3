import { and, assign } from 'xstate'
import { beginMinute, mesh, onStir, settled, signaling, tellSignaling } from './sync-mesh.setup.ts'

/** By which road devices find each other. */
export const rendezvous = mesh.createStateConfig({
  description: 'By which road devices find each other now.',
  initial: 'served',
  states: {
    served: {
      description: 'Signaling does what it can.',
      invoke: {
        id: 'signaling',
        src: 'signaling',
        input: ({ context: { signalingUrl, room, selfId, seed } }) => ({
          url: signalingUrl,
          room,
          peerId: selfId,
          seed,
        }),
        onError: { target: 'mending', actions: assign({ crashes: ({ context }) => context.crashes + 1 }) },
      },
      initial: 'searching',
      on: {
        'signaling.online': '.viaServer',
        'peer.signal': {
          actions: signaling(({ event: { to, signal } }) => ({ type: 'signaling.send', to, signal })),
        },
        'mesh.setSignaling': [
          { guard: 'isSameUrl', actions: signaling(({ event: { url } }) => ({ type: 'signaling.setUrl', url })) },
          {
            target: '.searching',
            actions: [
              assign({ signalingUrl: ({ event }) => event.url }),
              signaling(({ event: { url } }) => ({ type: 'signaling.setUrl', url })),
            ],
          },
        ],
        'mesh.retry': { guard: 'isForAll', actions: signaling(() => ({ type: 'signaling.retry' })) },
        ...onStir(tellSignaling),
      },
      states: {
        searching: {
          description: 'The server is called, again and again with pauses.',
          tags: 'resting',
          on: { 'signaling.gaveUp': 'stranded', 'signaling.refused': 'stranded' },
          always: { guard: 'hasNoUrl', target: 'alone' },
        },
        viaServer: {
          description: 'The server tells who is there and carries signals.',
          tags: 'resting',
          on: { 'signaling.down': 'searching', 'signaling.refused': 'stranded' },
          after: { strangers: { target: 'viaServer', reenter: true, actions: [beginMinute, settled(() => ({}))] } },
        },
        alone: {
          description: 'No server is set and no device is linked.',
          tags: 'resting',
          always: { guard: 'hasLinks', target: 'linked' },
        },
        stranded: {
          description: 'The server is out of reach for good, as far as we know, and no device is linked.',
          tags: 'resting',
          always: { guard: 'hasLinks', target: 'linked' },
        },
        linked: {
          description: 'There is no server, but devices are linked and keep syncing.',
          tags: 'resting',
          always: [
            { guard: and(['hasNoLinks', 'hasNoUrl']), target: 'alone' },
            { guard: 'hasNoLinks', target: 'stranded' },
          ],
        },
      },
    },
    mending: {
      description: 'Signaling crashed; it is made anew after a pause.',
      on: { 'mesh.setSignaling': { actions: assign({ signalingUrl: ({ event }) => event.url }) } },
      after: { mending: 'served' },
    },
  },
})
