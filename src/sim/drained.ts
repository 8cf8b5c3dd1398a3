const tasks = globalThis as {
  readonly setImmediate?: (task: () => void) => unknown
}

/** Resolves once every microtask there is has run, and those that they made: the end of one turn of the page. */
export const drained: () => Promise<void> = tasks.setImmediate
  ? () => new Promise((resolve) => tasks.setImmediate?.(resolve))
  : createMessageDrain()

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
