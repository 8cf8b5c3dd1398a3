import type { Room, SyncEngine } from './types.ts'

/** What names an engine: two engines of one room and storage name would write one log twice. */
export interface EngineIdentity {
  readonly room: Room | string
  readonly storage?: { readonly name?: string }
}

/** A hold on a shared engine. */
export interface EngineLease {
  readonly engine: SyncEngine
  /** Lets go; a second call does nothing. */
  readonly release: () => void
}

/** Engines shared by room and storage name. */
export interface Lifetimes<O extends EngineIdentity> {
  readonly acquire: (options: O) => EngineLease
  readonly peek: (options: O) => SyncEngine
}

/** Calls back once, some time later; returns what calls it off. */
export type Later = (run: () => void) => () => void

interface Shared {
  readonly engine: SyncEngine
  holders: number
  callOff: () => void
}

/** Long enough for StrictMode's second mount, a route change or a hot reload, short enough to free the log for another tab. */
const LINGER_MS = 1_000

const linger: Later = (run) => {
  const timer = setTimeout(run, LINGER_MS)
  return () => clearTimeout(timer)
}

const nothing = () => {}

const nameOf = ({ room, storage }: EngineIdentity): string =>
  JSON.stringify([typeof room === 'string' ? room : room.secret, storage?.name ?? ''])

/**
 * Counts who holds which engine and stops it late, after the last let go.
 *
 * @param create - makes an engine that does nothing until started
 * @param later - when to stop an engine that nobody holds
 */
export const createLifetimes = <O extends EngineIdentity>(
  create: (options: O) => SyncEngine,
  later: Later = linger,
): Lifetimes<O> => {
  const engines = new Map<string, Shared>()

  const drop = (name: string, shared: Shared) => {
    engines.delete(name)
    // Its faults are told by its own status and events; here is nobody left to hear them.
    shared.engine.stop().catch(nothing)
  }

  const dropLater = (name: string, shared: Shared) => {
    shared.callOff()
    shared.callOff = later(() => drop(name, shared))
  }

  const find = (options: O): [string, Shared] => {
    const name = nameOf(options)
    const known = engines.get(name)
    if (known) return [name, known]
    const made: Shared = { engine: create(options), holders: 0, callOff: nothing }
    engines.set(name, made)
    dropLater(name, made)
    return [name, made]
  }

  const acquire = (options: O): EngineLease => {
    const [name, shared] = find(options)
    shared.holders += 1
    shared.callOff()
    let held = true
    const release = () => {
      if (!held) return
      held = false
      shared.holders -= 1
      if (shared.holders === 0) dropLater(name, shared)
    }
    return { engine: shared.engine, release }
  }

  return { acquire, peek: (options) => find(options)[1].engine }
}
