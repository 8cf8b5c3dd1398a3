import { faultWords } from '#model/fault'
import type { Json } from '#model/entry'
import type { EventRecord, InspectRecord } from '../records.types.ts'
import { nameOf } from './actor-tree-model.ts'
import type { DeviceLog } from './device-log.ts'
import { chartOf, stepsOf, transitionOf } from './event-lines.ts'
import type { ShownDevice } from './timeline.ts'
import { transitionWords } from './words.ts'

const LONGEST = 120
/** Values that say the most, in the order in which they are said. */
const TELLING = ['kind', 'id', 'fault', 'peerId', 'to', 'from', 'reason', 'ms', 'channel', 'ticket', 'urgency', 'why']

const isPlain = (value: Json): value is string | number | boolean | null => typeof value !== 'object' || value === null

const HUNDREDTHS = 100
const plainWords = (value: string | number | boolean | null): string =>
  String(typeof value === 'number' ? Math.round(value * HUNDREDTHS) / HUNDREDTHS : value)

const said = (value: Json, depth = 0): string[] => {
  if (isPlain(value)) return [plainWords(value)]
  if (Array.isArray(value)) return [`${value.length} items`]
  const fields = Object.entries(value as Readonly<Record<string, Json>>)
  const rank = ([key]: readonly [string, Json]) => TELLING.indexOf(key) + 1 || TELLING.length + 1
  return fields
    .toSorted((a, b) => rank(a) - rank(b))
    .flatMap(([key, field]) =>
      isPlain(field) ? [`${key} ${plainWords(field)}`] : depth < 1 ? said(field, depth + 1) : [],
    )
}

/** What an event carries, in one line. */
export const payloadWords = ({ payload }: EventRecord): string =>
  payload === undefined ? '' : said(payload).join(' · ').slice(0, LONGEST)

/** What an event did, in one line: the transition that led somewhere, and how many more there were. */
export const effectWords = (log: DeviceLog | undefined, { actor, n }: EventRecord): string => {
  const chart = chartOf(log, actor)
  const all = stepsOf(log, n).map(({ transition }) => transitionOf(chart, transition))
  const moves = all.flatMap((transition) => (transition && transition.targets.length > 0 ? [transition] : []))
  const last = moves.at(-1)
  if (!last) return ''
  return `${transitionWords(chart, last)}${moves.length > 1 ? ` +${moves.length - 1}` : ''}`
}

/** What an actor is called, by its session id. */
export const actorWords = (actor: string, log: DeviceLog | undefined, devices: readonly ShownDevice[]): string => {
  const identity = log?.identity(actor)
  return identity ? nameOf(identity, devices) : actor
}

/** Who told whom, in two parts: the first one gives way where there is no room for both. */
export const routeParts = (
  { actor, from }: EventRecord,
  log: DeviceLog | undefined,
  devices: readonly ShownDevice[],
): { readonly from: string; readonly to: string } => {
  const to = actorWords(actor, log, devices)
  if (from === actor) return { from: '', to: `${to} ↺` }
  return { from: from === undefined ? '' : `${actorWords(from, log, devices)} `, to: `→ ${to}` }
}

/** Who told whom. */
export const routeWords = (...told: Parameters<typeof routeParts>): string => {
  const { from, to } = routeParts(...told)
  return `${from}${to}`
}

/** What else is listed, in one line. */
export const recordWords = (record: InspectRecord): string => {
  if (record.kind === 'law') return `${record.law} does not hold: ${record.says}`
  if (record.kind === 'fault') return `${record.fault}: ${faultWords(record.fault).what}`
  if (record.kind !== 'ice') return ''
  return Object.entries(record.figures)
    .map(([name, value]) => `${name} ${plainWords(value)}`)
    .join(' · ')
    .slice(0, LONGEST)
}
