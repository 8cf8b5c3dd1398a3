const { process, setImmediate } = globalThis as {
  readonly process?: { readonly nextTick?: (task: () => void) => void }
  readonly setImmediate?: (task: () => void) => unknown
}
// Taken once: a test that puts fake timers in their place later would turn these instead of the world.
const nextTick = process?.nextTick?.bind(process)
const nextTask = setImmediate?.bind(globalThis)

/** One turn in so many is a whole one: only after those does Node tell of rejections that nobody caught. */
const WHOLE_EVERY = 16

/** Resolves once every microtask there is has run, and those that they made: the end of one turn of the page. */
export const drained: () => Promise<void> = nextTask
  ? () => new Promise((resolve) => void nextTask(resolve))
  : createMessageDrain()

/**
 * The same, cheaper, for the one loop that turns a world: other work of the process waits for many turns. One for
 * each world, so that its whole turns come at the same moments in every run.
 */
export const createDrain = (): (() => Promise<void>) => {
  if (!nextTick) return drained
  let turns = 0
  // Asked for by a microtask, Node's tick comes when none is left, and costs no call into the system.
  const quick = () => new Promise<void>((resolve) => nextTick(resolve))
  return () => (turns++ % WHOLE_EVERY === 0 ? drained() : quick())
}

/** In browsers a message to oneself is the shortest task; timers are slowed down there. */
function createMessageDrain(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve)
      port2.postMessage(0)
    })
}
