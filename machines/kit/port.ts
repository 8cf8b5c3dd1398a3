import {
  type CallbackActorLogic,
  type EventObject,
  fromCallback,
  fromPromise,
  type NonReducibleUnknown,
  type PromiseActorLogic,
} from 'xstate'

/**
 * An empty, typed seat for an actor of the real world: commands go in, facts come out. An adapter (real) or a
 * simulation sits down in it by `.provide()`, in `src/engine/assemble.ts` alone. An empty seat does nothing,
 * so a chart can be drawn, explored and replayed without the world.
 */
export const port = <Command extends EventObject, Input extends NonReducibleUnknown>(): CallbackActorLogic<
  Command,
  Input
> => fromCallback<Command, Input>(() => {})

/** An empty, typed seat for one request with one answer; left empty, the answer never comes. */
export const request = <Output, Input extends NonReducibleUnknown>(): PromiseActorLogic<Output, Input> =>
  fromPromise<Output, Input>(() => new Promise<Output>(() => {}))
