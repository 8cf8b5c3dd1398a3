import {
  type ActionArgs,
  type ActionFunction,
  type AnyActorRef,
  type EventObject,
  enqueueActions,
  type MachineContext,
} from 'xstate'

/** The action a reporter makes; fits wherever the machine's own actions do. */
type ReportAction<
  TContext extends MachineContext,
  TExpressionEvent extends EventObject,
  TEvent extends EventObject,
> = ActionFunction<TContext, TExpressionEvent, TEvent, undefined, never, never, never, never, never>

/**
 * Makes a machine's typed way of reporting to the mesh, the actor with the systemId `mesh`. Where there is none
 * (a story, a test, a machine alone) a report goes nowhere; `sendTo` would send it to the machine itself.
 *
 * @example
 * const report = reporter<SignalingReport>()
 * // in a chart: on: { 'socket.joined': { actions: report(({ event }) => ({ type: 'signaling.online', peers: event.peers })) } }
 */
export const reporter =
  <Report extends EventObject>() =>
  <TContext extends MachineContext, TExpressionEvent extends EventObject, TEvent extends EventObject>(
    make: (args: ActionArgs<TContext, TExpressionEvent, TEvent>) => Report,
  ): ReportAction<TContext, TExpressionEvent, TEvent> =>
    enqueueActions<TContext, TExpressionEvent, undefined, TEvent, never, never, never, never, never>(
      // Named, for charts show the name.
      function report({ enqueue, system }) {
        const mesh: AnyActorRef | undefined = system.get('mesh')
        if (mesh !== undefined) enqueue.sendTo<AnyActorRef>(mesh, make)
      },
    )
