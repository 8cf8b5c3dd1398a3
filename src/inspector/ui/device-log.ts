import type { ChartModel } from '#chart/chart.types'
import type { InspectorSource } from '../inspector-source.types.ts'
import type { ActorRecord, InspectRecord, Recording, SeenActors } from '../records.types.ts'
import { type Consequence, createConsequences } from './consequences.ts'
import { ownChart } from './own-charts.ts'
import { createWireEnds, type WireEnd } from './wire-ends.ts'

/** Who an actor is, whatever became of it. */
export type ActorIdentity = Pick<ActorRecord, 'actor' | 'id' | 'parent' | 'machine' | 'src' | 'systemId'>

/** Everything of one device that the panel holds: it follows the source, and forgets what the source forgot. */
export interface DeviceLog {
  readonly key: string
  readonly source: InspectorSource
  readonly peerId: string
  /** In their order; the list only grows, and another one takes its place where the source forgot. */
  readonly records: () => readonly InspectRecord[]
  /** As it stands: what comes later does not change it. */
  readonly recording: () => Recording
  readonly actors: () => SeenActors
  readonly identity: (actor: string) => ActorIdentity | undefined
  readonly consequence: (event: number) => Consequence
  /** What left the device, or came to it. */
  readonly wireEnds: () => readonly WireEnd[]
  readonly chart: (machine: string) => ChartModel | undefined
  readonly stop: () => void
}

/** Held beyond what the source holds, before it is asked again what that is. */
const SLACK = 2_000

/** What is derived from the records of a recording, and grows with them. */
const read = (recording: Recording) => {
  const records: InspectRecord[] = []
  const identities = new Map<string, ActorIdentity>(Object.entries(recording.before))
  const consequences = createConsequences()
  const wires = createWireEnds((actor) => identities.get(actor))
  const take = (record: InspectRecord): void => {
    records.push(record)
    if (record.kind === 'actor') identities.set(record.actor, record)
    consequences.take(record)
    wires.take(record)
  }
  for (const record of recording.records) take(record)
  return { recording, records, identities, consequences, wires, take, most: records.length * 1.5 + SLACK }
}

/** @param changed called for every batch of news */
export const createDeviceLog = (key: string, source: InspectorSource, changed: () => void): DeviceLog => {
  let log = read(source.recording())
  const charts = new Map<string, ChartModel>()
  const learnCharts = (): void => {
    for (const chart of log.recording.charts) charts.set(chart.id, chart)
  }
  learnCharts()
  const next = () => log.recording.dropped + log.records.length
  const again = (): void => {
    log = read(source.recording())
    learnCharts()
  }
  const stop = source.subscribe((records) => {
    const fresh = records.filter(({ n }) => n >= next())
    const isGapless = (fresh[0]?.n ?? next()) === next()
    if (isGapless) for (const record of fresh) log.take(record)
    if (!isGapless || log.records.length > log.most) again()
    changed()
  })
  return {
    key,
    source,
    get peerId() {
      return source.peerId
    },
    records: () => log.records,
    recording: () => ({
      ...log.recording,
      peerId: source.peerId,
      charts: [...charts.values()],
      records: [...log.records],
    }),
    actors: source.actors,
    identity: (actor) => log.identities.get(actor),
    consequence: (event) => log.consequences.of(event),
    wireEnds: () => log.wires.ends,
    chart: (machine) => charts.get(machine) ?? ownChart(machine),
    stop,
  }
}
