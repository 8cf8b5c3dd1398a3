import type { ElkNode } from 'elkjs/lib/elk-api.js'
import { FieldmeshError } from '#model/fault'
import type { ChartModel } from './chart.types.ts'
import { type ElkEngine, localEngine, workerEngine } from './elk-engine.ts'
import { fromElk } from './from-elk.ts'
import { layouterStopped, neverPlaced } from './layout-errors.ts'
import type { ChartDirection, ChartLayout } from './layout.types.ts'
import { toElk } from './to-elk.ts'

/** How many foldings of one chart are kept placed. */
const KEPT = 60

export interface LayouterOptions {
  /**
   * Starts the worker that charts are placed in. By default a module worker beside this file, which bundlers find by
   * themselves. Where it cannot start, charts are placed on the page's own thread.
   */
  readonly worker?: () => Worker
}

/** Places charts; nothing is loaded or started before the first one. */
export interface Layouter {
  /**
   * Places a chart. The same chart with the same states folded is placed once.
   *
   * @param folded ids of states drawn without what is in them
   * @throws FieldmeshError `options-invalid` where elkjs is not installed, `engine-stopped` where the layouter is
   * stopped before it is placed, `internal` after a minute
   */
  layout(model: ChartModel, folded: ReadonlySet<string>, direction?: ChartDirection): Promise<ChartLayout>
  /** Stops the worker, and refuses what is under way; a later layout starts another one. */
  dispose(): void
}

// `.js`, not `.ts`: that is its name in the built package, and Vite finds the source by it.
const startWorker = (): Worker => new Worker(new URL('./layout-worker.js', import.meta.url), { type: 'module' })

/** Placing takes some seconds at most; a worker that lost its way never answers. */
const PATIENCE_MS = 60_000

/** One at a time, and the latest first: that is what a person looks at now. */
const createTurns = (onStuck: () => void) => {
  const waiting: (() => void)[] = []
  const refusals = new Set<(error: Error) => void>()
  let isBusy = false

  const next = (): void => {
    const begin = waiting.pop()
    isBusy = begin !== undefined
    begin?.()
  }
  /** Whatever is under way or waits is refused: a stopped worker answers nobody. */
  const reset = (error: Error): void => {
    const all = [...refusals]
    refusals.clear()
    waiting.length = 0
    isBusy = false
    for (const refuse of all) refuse(error)
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const begin = (): void => {
        const timer = setTimeout(onStuck, PATIENCE_MS)
        const done = (): void => {
          clearTimeout(timer)
          if (refusals.delete(refuse)) next()
        }
        const refuse = (error: Error): void => {
          clearTimeout(timer)
          reject(error)
        }
        refusals.delete(reject)
        refusals.add(refuse)
        work().then(resolve, reject).finally(done)
      }
      refusals.add(reject)
      if (isBusy) waiting.push(begin)
      else {
        isBusy = true
        begin()
      }
    })
  return { inTurn, reset }
}

/** One engine, started when first needed: in a worker as long as that works, else right here. */
const createEngine = (start: () => Worker) => {
  let engine: Promise<ElkEngine> | undefined
  let isLocal = typeof Worker === 'undefined'
  const settle = (): Promise<ElkEngine> => {
    isLocal = true
    return localEngine()
  }
  const begin = (): Promise<ElkEngine> => {
    engine ??= isLocal
      ? localEngine()
      : workerEngine(start).catch((error) => (error instanceof FieldmeshError ? Promise.reject(error) : settle()))
    // Whoever waits for it is told; the next one begins anew.
    engine.catch(stop)
    return engine
  }
  const stop = (): void => {
    // What never started needs no end.
    engine?.then((running) => running.terminate()).catch(() => undefined)
    engine = undefined
  }
  const place = async (graph: ElkNode): Promise<ElkNode> => {
    const running = await begin()
    try {
      return await running.layout(graph)
    } catch (error) {
      if (running.isAlive()) throw error
      // Where workers die, as under a policy that forbids them, charts are placed here.
      engine = settle()
      return (await engine).layout(graph)
    }
  }
  return { place, stop }
}

/**
 * Makes what places charts: ELK in a worker of its own, one for all charts, loaded with the first.
 *
 * @example
 * const layouter = createLayouter()
 * const { boxes, edges } = await layouter.layout(describeMachine(doorMachine), new Set())
 */
export const createLayouter = ({ worker = startWorker }: LayouterOptions = {}): Layouter => {
  const engine = createEngine(worker)
  let placed = new WeakMap<ChartModel, Map<string, Promise<ChartLayout>>>()
  const stop = (error: Error): void => {
    engine.stop()
    // What was under way is refused, and must not be handed to whoever asks next.
    placed = new WeakMap()
    turns.reset(error)
  }
  const turns = createTurns(() => stop(neverPlaced()))
  const place = async (model: ChartModel, folded: ReadonlySet<string>, direction: ChartDirection) => {
    const task = toElk(model, folded, direction)
    return fromElk(model, task, await turns.inTurn(() => engine.place(task.graph)))
  }
  return {
    layout: (model, folded, direction = 'right') => {
      const known = placed.get(model) ?? new Map<string, Promise<ChartLayout>>()
      placed.set(model, known)
      const key = JSON.stringify([direction, ...[...folded].sort()])
      const layout = known.get(key) ?? place(model, folded, direction)
      known.delete(key)
      known.set(key, layout)
      // Whoever asked is told; whoever asks again gets another try.
      layout.catch(() => known.delete(key))
      if (known.size > KEPT) known.delete(known.keys().next().value ?? '')
      return layout
    },
    dispose: () => stop(layouterStopped()),
  }
}
