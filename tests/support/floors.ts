import { posix } from 'node:path'
import { type ImportFact, type SourceFacts, sourceFacts } from './source-facts.ts'

/** The floors of the house; imports only go down. Folders of one floor do not know each other. */
const FLOORS: Readonly<Record<string, number>> = {
  'src/model': 0,
  'src/trust': 1,
  'src/wire': 1,
  'src/store': 1,
  machines: 2,
  'src/adapters': 3,
  'src/sim': 3,
  'src/chart': 3,
  'src/engine': 4,
  'src/contracts': 4,
  'src/react': 5,
  'src/world': 5,
  'src/inspector': 5,
  'src/signaling-server': 5,
  'src/node': 5,
  'src/interop': 5,
  'src/cli': 6,
  'src/demo': 6,
  // the package's front door, src/index.ts
  src: 6,
}

/** What each subpath import stands for. */
const SUBPATHS: Readonly<Record<string, string>> = {
  '#machines': 'machines',
  '#model': 'src/model',
  '#trust': 'src/trust',
  '#wire': 'src/wire',
  '#store': 'src/store',
  '#adapters': 'src/adapters',
  '#sim': 'src/sim',
  '#engine': 'src/engine',
  '#contracts': 'src/contracts',
  '#react': 'src/react',
  '#world': 'src/world',
  '#chart': 'src/chart',
  '#inspector': 'src/inspector',
  '#server': 'src/signaling-server',
  '#node': 'src/node',
}

/** The neighbours on the same floor that may be known: a log keeps bytes of the wire, and what they are signed with. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = { 'src/store': ['src/wire', 'src/trust'] }

/** Nothing in a chart may depend on when, where or by what luck it runs. */
const IMPURE = [
  'Date',
  'performance',
  'crypto',
  'console',
  'globalThis',
  'process',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'fetch',
  'WebSocket',
  'RTCPeerConnection',
  'window',
  'document',
  'navigator',
]

/** The folder of a floor that a file of the project belongs to; undefined outside src and machines. */
const folderOf = (path: string): string | undefined => {
  const [top = '', second = '', ...rest] = path.split('/')
  if (top === 'machines') return top
  if (top !== 'src') return undefined
  return rest.length > 0 ? `src/${second}` : 'src'
}

const isPortsPage = (specifier: string): boolean => /^#machines\/(ports|.+\.ports)$/.test(specifier)

/** Where an import leads, as a folder of the house; undefined for packages and Node's own modules. */
const targetOf = (path: string, specifier: string): string | undefined => {
  if (specifier.startsWith('.')) return folderOf(posix.join(posix.dirname(path), specifier)) ?? 'outside'
  if (!specifier.startsWith('#')) return undefined
  return SUBPATHS[specifier.split('/')[0] ?? ''] ?? 'outside'
}

const crossing = (from: string, to: string): string | undefined => {
  if (from === to || NEIGHBOURS[from]?.includes(to)) return undefined
  const [own, target] = [FLOORS[from], FLOORS[to]]
  if (own === undefined || target === undefined) return `leads outside the floors (${to})`
  return target < own ? undefined : `goes ${target > own ? 'up' : 'sideways'} from ${from} to ${to}`
}

const spelling = (from: string, to: string, specifier: string): string | undefined => {
  const relative = specifier.startsWith('.')
  if (relative && from !== to && from !== 'src') return 'crosses a floor by a relative path; use a subpath import'
  if (!relative && from === to) return 'stays on its floor; import it by a relative path'
  if (!relative && /\.[cm]?[jt]sx?$/.test(specifier)) return 'has an extension; a subpath import has none'
  return undefined
}

const ofMachines = ({ specifier, typeOnly }: ImportFact): string | undefined => {
  if (specifier.startsWith('#wire/') && !typeOnly) return 'machines take only types from wire'
  const allowed = specifier === 'xstate' || /^(#model|#wire|\.{1,2})\//.test(specifier)
  return allowed ? undefined : 'machines import xstate, #model, types of #wire, and each other'
}

const ofAdapters = ({ specifier, typeOnly }: ImportFact): string | undefined => {
  if (!specifier.startsWith('#machines/')) return undefined
  return isPortsPage(specifier) && typeOnly ? undefined : 'adapters know only the types of a machine’s ports'
}

const complaintsAbout = (path: string, fact: ImportFact): (string | undefined)[] => {
  const from = folderOf(path)
  const { specifier } = fact
  const graph = specifier === 'xstate/graph' ? 'only tests/support/explore.ts knows xstate/graph' : undefined
  if (from === undefined) return [graph]
  const to = targetOf(path, specifier)
  return [
    graph,
    ...(to === undefined ? [] : [crossing(from, to), spelling(from, to, specifier)]),
    from === 'machines' ? ofMachines(fact) : undefined,
    from === 'src/adapters' || from === 'src/sim' ? ofAdapters(fact) : undefined,
  ]
}

const impurities = (path: string, { names, calls }: SourceFacts): string[] => {
  if (folderOf(path) !== 'machines') return []
  const found = IMPURE.filter((name) => names.has(name))
  return [...found, ...(calls.has('random') ? ['Math.random'] : [])].map((name) => `${path}: a chart uses ${name}`)
}

/**
 * What a file does against the rules of the floors, in words; nothing for a well-behaved one.
 *
 * @param path from the project's root, with forward slashes
 */
export const trespasses = (path: string, source: string): string[] => {
  const facts = sourceFacts(path, source)
  const imports = facts.imports.flatMap((fact) =>
    complaintsAbout(path, fact)
      .filter((complaint) => complaint !== undefined)
      .map((complaint) => `${path}: '${fact.specifier}' ${complaint}`),
  )
  const provides = facts.calls.has('provide') && folderOf(path) !== undefined && path !== 'src/engine/assemble.ts'
  return [
    ...imports,
    ...impurities(path, facts),
    ...(provides ? [`${path}: only src/engine/assemble.ts calls .provide()`] : []),
  ]
}
