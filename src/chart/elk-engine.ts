import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js'
import { FieldmeshError } from '#model/fault'

/** What places a graph; one for all charts of a page. */
export interface ElkEngine {
  readonly layout: (graph: ElkNode) => Promise<ElkNode>
  /** False once its worker failed; then it never answers again. */
  readonly isAlive: () => boolean
  readonly terminate: () => void
}

type ElkConstructor = new (options?: { workerFactory?: () => Worker }) => ELK

/** elkjs is CommonJS: bundlers and Node disagree on how deep its default export lies. */
const constructorIn = (module: unknown): ElkConstructor => {
  let found: unknown = module
  while (typeof found === 'object' && found !== null && 'default' in found) found = found.default
  if (typeof found !== 'function') throw new TypeError('elkjs has no constructor')
  return found as ElkConstructor
}

const missing = (cause: unknown): FieldmeshError =>
  new FieldmeshError('options-invalid', 'Charts are placed by the package elkjs: install it (npm install elkjs).', {
    cause,
  })

/**
 * ELK in a worker. The promise of a layout is rejected when the worker cannot start.
 *
 * @throws FieldmeshError `options-invalid` where elkjs is not installed
 */
export const workerEngine = async (start: () => Worker): Promise<ElkEngine> => {
  const module = await import('elkjs/lib/elk-api.js').catch((cause: unknown) => Promise.reject(missing(cause)))
  const worker = start()
  let isAlive = true
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      isAlive = false
      reject(new Error(event.message || 'the worker did not start'))
    })
  })
  // Whoever waits for a layout hears of it; with nobody waiting it is nobody's concern.
  broken.catch(() => undefined)
  const elk = new (constructorIn(module))({ workerFactory: () => worker })
  return {
    layout: (graph) => Promise.race([elk.layout(graph), broken]),
    isAlive: () => isAlive,
    terminate: () => worker.terminate(),
  }
}

/**
 * ELK where it is called: in Node, and where a page may not start workers.
 *
 * @throws FieldmeshError `options-invalid` where elkjs is not installed
 */
export const localEngine = async (): Promise<ElkEngine> => {
  const module = await import('elkjs/lib/elk.bundled.js').catch((cause: unknown) => Promise.reject(missing(cause)))
  const elk = new (constructorIn(module))()
  return { layout: (graph) => elk.layout(graph), isAlive: () => true, terminate: () => undefined }
}
