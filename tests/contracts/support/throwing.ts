/** Takes what nobody catches, in place of the test runner, while the work goes on. */
export const catchingInNode = async (work: () => Promise<void>): Promise<readonly unknown[]> => {
  const thrown: unknown[] = []
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => thrown.push(error))
  try {
    await work()
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of listeners) process.on('uncaughtException', listener)
  }
  return thrown
}

/** The same in a page: before the test runner hears of it. */
export const catchingInPage = async (work: () => Promise<void>): Promise<readonly unknown[]> => {
  const thrown: unknown[] = []
  const take = (event: ErrorEvent): void => {
    thrown.push(event.error)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  addEventListener('error', take, { capture: true })
  try {
    await work()
  } finally {
    removeEventListener('error', take, { capture: true })
  }
  return thrown
}
