import { setup } from 'xstate'
import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { backoff } from '../kit/backoff.ts'
import { commander } from '../kit/command.ts'
import { reporter } from '../kit/report.ts'
import type { RestingTag } from '../kit/tags.ts'
import { MAX_ATTEMPTS, TIMINGS } from '../kit/timings.ts'
import { type SocketCommand, signalingPorts } from './signaling.ports.ts'
import type { SignalingContext, SignalingEvent, SignalingInput, SignalingReport } from './signaling.types.ts'

export const report = reporter<SignalingReport>()
export const socket = commander<SocketCommand>('socket')

/** How long this wait lasts, ms: jitter on top of what the server asked for, so that a crowd does not return as one. */
export const waitOf = ({ seed, attempt, retryMs }: SignalingContext): number =>
  retryMs + backoff({ seed, attempt: Math.max(0, attempt - 1) })

export const signaling = setup({
  types: {
    context: {} as SignalingContext,
    events: {} as SignalingEvent,
    input: {} as SignalingInput,
    tags: {} as RestingTag | 'connected',
  },
  actors: signalingPorts,
  delays: {
    socketDial: TIMINGS.socketDial,
    socketJoin: TIMINGS.socketJoin,
    proven: TIMINGS.proven,
    backoff: ({ context }) => waitOf(context),
  },
  guards: {
    hasUrl: ({ context }) => context.url !== null,
    isExhausted: ({ context }) => context.attempt >= MAX_ATTEMPTS.signaling,
    isLastStraw: ({ context }) => context.malformed + 1 >= LIMITS.malformedPerSocket,
    /** A wait that the server asked for is not cut short by the page. */
    isOurOwnWait: ({ context }) => context.retryMs === 0,
    isSameUrl: ({ context, event }) => event.type === 'signaling.setUrl' && event.url === context.url,
    isFinal: ({ event }) => event.type === 'socket.refused' && event.final,
    isLongSleep: ({ event }) => event.type === 'page.woke' && event.gapMs >= TIMINGS.socketStale,
  },
})

/** A new socket counts its signals and its garbage from the start. */
export const startAfresh = signaling.assign({ lastId: 0, malformed: 0, retryMs: 0 })

export const countMalformed = signaling.assign({ malformed: ({ context }) => context.malformed + 1 })

export const numberSignal = signaling.assign({ lastId: ({ context }) => context.lastId + 1 })

/** The connection proved itself, or somebody asks anew: attempts count from zero. */
export const forgetFailures = signaling.assign({ attempt: 0 })

/** What one more failed attempt changes. `retryMs` is a stranger's number, so bounded. */
export const failure = ({ attempt }: SignalingContext, fault: FaultCode, retryMs = 0): Partial<SignalingContext> => ({
  fault,
  attempt: attempt + 1,
  retryMs: Math.min(Math.max(retryMs || 0, 0), TIMINGS.serverHoldMax),
})

/** An attempt failed for a reason that no event names. */
export const fail = (fault: FaultCode) => signaling.assign(({ context }) => failure(context, fault))

/** The connection is given up, for no fault of an attempt's. */
export const noteLoss = signaling.assign({ fault: 'signaling-unreachable' })
export const reportLoss = report<SignalingContext, SignalingEvent, SignalingEvent>(() => ({
  type: 'signaling.down',
  fault: 'signaling-unreachable',
}))

/** Why there is no connection. */
export const faultOf = ({ fault }: SignalingContext): FaultCode => fault ?? 'signaling-unreachable'
