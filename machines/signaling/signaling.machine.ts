import { assign } from 'xstate'
import {
  countMalformed,
  fail,
  failure,
  faultOf,
  forgetFailures,
  noteLoss,
  numberSignal,
  report,
  reportLoss,
  signaling,
  socket,
  startAfresh,
} from './signaling.setup.ts'

const sooner = { guard: 'isOurOwnWait', target: 'up' } as const
const anew = { target: 'up', actions: forgetFailures } as const

/** A socket that was open may be dead without a word: another one is dialed at once. */
const redial = {
  target: '#signaling.up',
  reenter: true,
  actions: [noteLoss, reportLoss],
} as const

/**
 * The road to the signaling server: at most one socket, tried with patience. `page.offline` changes nothing: browsers
 * say it while a server on the local network is well in reach.
 *
 * A socket whose other end is gone without a goodbye (another network, a router that forgot it) does not always say
 * so: pages never see the server's pings, and the protocol has no ping of the client's. What breaks sockets so is a
 * changed network or a long sleep, so after each of these an open socket is replaced; links do not care.
 */
export const signalingMachine = signaling.createMachine({
  id: 'signaling',
  description: 'Keeps this device in its room on the signaling server, as far as there is one.',
  context: ({ input }) => ({
    ...input,
    attempt: 0,
    lastId: 0,
    malformed: 0,
    retryMs: 0,
    fault: input.url === null ? 'signaling-off' : null,
  }),
  initial: 'offline',
  on: {
    'signaling.send': { actions: report(({ event }) => ({ type: 'signaling.undelivered', to: event.to })) },
    'signaling.setUrl': {
      target: '.offline',
      actions: [
        assign(({ event: { url } }) => ({
          url,
          attempt: 0,
          fault: url === null ? ('signaling-off' as const) : ('signaling-switched' as const),
        })),
        report(({ context }) => ({ type: 'signaling.down', fault: faultOf(context) })),
      ],
    },
  },
  states: {
    offline: {
      description: 'No server is set, so devices meet by other roads.',
      tags: ['resting'],
      always: { guard: 'hasUrl', target: 'up' },
    },
    up: {
      description: 'A socket is open, or on its way.',
      entry: startAfresh,
      invoke: {
        src: 'socket',
        id: 'socket',
        input: ({ context: { url, room, peerId } }) => ({ url: url ?? '', room, peerId }),
      },
      initial: 'dialing',
      on: {
        'signaling.setUrl': { guard: 'isSameUrl' },
        'socket.closed': {
          target: 'waiting',
          actions: assign(({ context, event }) => failure(context, event.fault)),
        },
        'socket.draining': {
          target: 'waiting',
          actions: assign(({ context, event }) => failure(context, 'signaling-unreachable', event.retryMs)),
        },
        'socket.refused': [
          { guard: 'isFinal', target: 'refused', actions: assign({ fault: ({ event }) => event.fault }) },
          {
            target: 'waiting',
            actions: assign(({ context, event }) => failure(context, event.fault, event.retryMs)),
          },
        ],
        'socket.malformed': [
          { guard: 'isLastStraw', target: 'waiting', actions: fail('signaling-malformed') },
          { actions: countMalformed },
        ],
      },
      states: {
        dialing: {
          description: 'The server is called and has not said hello yet.',
          on: { 'socket.opened': 'joining' },
          after: { socketDial: { target: '#signaling.waiting', actions: fail('signaling-unreachable') } },
        },
        joining: {
          description: 'The server is there and is asked to let us into the room.',
          entry: socket(() => ({ type: 'socket.join' })),
          on: {
            'socket.joined': {
              target: 'online',
              actions: [
                assign({ fault: null }),
                report(({ event }) => ({ type: 'signaling.online', peers: event.peers })),
              ],
            },
          },
          after: { socketJoin: { target: '#signaling.waiting', actions: fail('signaling-unreachable') } },
        },
        online: {
          description:
            'In the room: signals go both ways, and we hear who comes and goes, though not if the socket dies unsaid.',
          tags: ['connected'],
          exit: socket(() => ({ type: 'socket.leave' })),
          on: {
            'signaling.send': {
              actions: [
                numberSignal,
                socket(({ context, event: { to, signal } }) => ({
                  type: 'socket.send',
                  to,
                  id: context.lastId,
                  signal,
                })),
              ],
            },
            'socket.peerJoined': {
              actions: report(({ event }) => ({ type: 'signaling.peerJoined', peerId: event.peerId })),
            },
            'socket.peerLeft': {
              actions: report(({ event: { peerId, why } }) => ({ type: 'signaling.peerLeft', peerId, why })),
            },
            'socket.signal': {
              actions: report(({ event: { from, signal } }) => ({ type: 'signaling.received', from, signal })),
            },
            'socket.peerGone': {
              actions: report(({ event }) => ({ type: 'signaling.peerGone', peerId: event.peerId })),
            },
            'page.woke': { guard: 'isLongSleep', ...redial },
            'page.online': redial,
            'network.changed': redial,
          },
          after: { proven: { actions: forgetFailures } },
        },
      },
    },
    waiting: {
      description: 'The last attempt failed, and the next one follows after a jittered pause.',
      entry: report(({ context }) => ({ type: 'signaling.down', fault: faultOf(context) })),
      on: {
        'signaling.retry': anew,
        'page.online': sooner,
        'page.visible': sooner,
        'page.resumed': sooner,
        'page.woke': sooner,
        'network.changed': sooner,
      },
      always: { guard: 'isExhausted', target: 'gaveUp' },
      after: { backoff: 'up' },
    },
    gaveUp: {
      description: 'So many attempts failed that only a person, the page or another network starts the next.',
      tags: ['resting'],
      entry: [
        assign({ fault: 'signaling-exhausted' }),
        report(({ context }) => ({ type: 'signaling.gaveUp', fault: faultOf(context) })),
      ],
      on: {
        'signaling.retry': anew,
        'page.online': anew,
        'page.visible': anew,
        'page.resumed': anew,
        'page.woke': anew,
        'network.changed': anew,
      },
    },
    refused: {
      description: 'The server will not have this device, and only a person can change that.',
      tags: ['resting'],
      entry: report(({ context }) => ({ type: 'signaling.refused', fault: faultOf(context) })),
      on: { 'signaling.retry': anew },
    },
  },
})
