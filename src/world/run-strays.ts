import { drained } from '#sim/drained'
import type { WatchStrays } from './run-world.types.ts'

type Listener = (error: unknown) => void
/** What Node and its like offer; absent in browsers, where the page's own handlers see what nobody caught. */
interface ProcessLike {
  on(event: 'unhandledRejection' | 'uncaughtException', listener: Listener): unknown
  off(event: 'unhandledRejection' | 'uncaughtException', listener: Listener): unknown
}

/** Hears rejections and exceptions that nobody caught while a run lasts. */
export const watchStrays: WatchStrays = (tell) => {
  const { process } = globalThis as { readonly process?: ProcessLike }
  const listener: Listener = (error) => tell(error)
  process?.on('unhandledRejection', listener)
  process?.on('uncaughtException', listener)
  return async () => {
    // Node tells of an unhandled rejection one turn after it happened.
    await drained()
    await drained()
    process?.off('unhandledRejection', listener)
    process?.off('uncaughtException', listener)
  }
}
