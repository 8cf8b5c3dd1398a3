import {
  type ActionArgs,
  type ActionFunction,
  type AnyActorRef,
  type EventObject,
  type MachineContext,
  sendTo,
} from 'xstate'

/** The action a commander makes; fits wherever the machine's own actions do. */
type CommandAction<
  TContext extends MachineContext,
  TExpressionEvent extends EventObject,
  TEvent extends EventObject,
> = ActionFunction<TContext, TExpressionEvent, TEvent, undefined, never, never, never, never, never>

/**
 * Makes a machine's typed way of commanding one child: plain `sendTo` does not check what it sends. Only for states
 * in which the child lives; a command to an absent child throws.
 *
 * @example
 * const socket = commander<SocketCommand>('socket')
 * // in a chart: on: { 'socket.opened': { actions: socket(() => ({ type: 'socket.join' })) } }
 */
export const commander =
  <Command extends EventObject>(childId: string) =>
  <TContext extends MachineContext, TExpressionEvent extends EventObject, TEvent extends EventObject>(
    make: (args: ActionArgs<TContext, TExpressionEvent, TEvent>) => Command,
  ): CommandAction<TContext, TExpressionEvent, TEvent> =>
    sendTo<TContext, TExpressionEvent, undefined, AnyActorRef, TEvent>(childId, make)
