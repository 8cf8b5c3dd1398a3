import type { EngineEvents, Logger } from './types.ts'

type Handler<T extends keyof EngineEvents> = (event: EngineEvents[T]) => void

/** Typed listeners; one that throws is logged and harms nobody else. */
export const createEmitter = (logger: Logger) => {
  const handlers = new Map<keyof EngineEvents, Set<Handler<never>>>()
  return {
    has: (type: keyof EngineEvents): boolean => (handlers.get(type)?.size ?? 0) > 0,
    on: <T extends keyof EngineEvents>(type: T, handler: Handler<T>): (() => void) => {
      const list = handlers.get(type) ?? new Set()
      handlers.set(type, list.add(handler as Handler<never>))
      return () => void list.delete(handler as Handler<never>)
    },
    emit: <T extends keyof EngineEvents>(type: T, event: EngineEvents[T]): void => {
      for (const handler of new Set(handlers.get(type))) {
        try {
          ;(handler as Handler<T>)(event)
        } catch (error) {
          logger.error(`a listener of "${type}" threw`, error)
        }
      }
    },
  }
}
