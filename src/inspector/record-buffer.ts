import type { ChartModel } from '#chart/chart.types'
import { MOST_ACTORS } from './check-recorder-options.ts'
import { foldRecords, seenAfter } from './fold-records.ts'
import { jsonBytes } from './json-bytes.ts'
import type { InspectRecord, Recording, SeenActor, SeenActors } from './records.types.ts'

/** Format, version, numbers, and the longest ids and names. */
const ENVELOPE_BYTES = 2_048
/** Of the bound, for what is not records; the rest is theirs. */
const CHARTS_SHARE = 1 / 3
const BEFORE_SHARE = 1 / 3
/** Dropping goes in strides, so that a full buffer does not fold with every record. */
const STRIDE_SHARE = 1 / 16

export interface RecordBufferOptions {
  /** Bound of the recording, written as JSON in UTF-8. */
  readonly maxBytes: number
  readonly before?: SeenActors
  /** Serial number of the first record to come. */
  readonly first?: number
}

/** The last records that a bound has room for; older ones live on in what they did to the actors. */
export interface RecordBuffer {
  /** Takes a record whose number is `next`. */
  readonly push: (record: InspectRecord) => void
  readonly addChart: (chart: ChartModel) => void
  /** Number of the next record. */
  readonly next: number
  readonly bytes: number
  /** The actors after the last record. */
  readonly actors: () => SeenActors
  readonly recording: (about: Pick<Recording, 'peerId' | 'name'>) => Recording
}

const isBirth = ({ kind }: InspectRecord): boolean => kind === 'actor'
const hasEnded = ({ status }: SeenActor): boolean => status !== 'active'

/** The actors before the first record, within a bound: contexts go first, then actors. */
const createPast = (maxBytes: number, given: SeenActors) => {
  const actors = new Map<string, SeenActor>(Object.entries(given))
  let bytes = 0
  const shrink = (): void => {
    bytes = 2
    for (const [id, seen] of actors) {
      const { context: _context, ...bare } = seen
      const [whole, least] = [jsonBytes(seen), jsonBytes(bare)].map((size) => size + id.length + 4)
      if (hasEnded(seen) || bytes + (least ?? 0) > maxBytes) actors.delete(id)
      else if (bytes + (whole ?? 0) > maxBytes) actors.set(id, bare)
      if (actors.size > MOST_ACTORS.before) actors.delete(id)
      if (actors.has(id)) bytes += actors.get(id) === seen ? (whole ?? 0) : (least ?? 0)
    }
  }
  shrink()
  return {
    get bytes() {
      return bytes
    },
    actors: (): SeenActors => Object.fromEntries(actors),
    fold: (records: readonly InspectRecord[]): void => {
      for (const record of records) {
        if (!('actor' in record)) continue
        const next = seenAfter(actors.get(record.actor), record)
        if (next) actors.set(record.actor, next)
      }
      shrink()
    },
  }
}

export const createRecordBuffer = ({ maxBytes, before = {}, first = 0 }: RecordBufferOptions): RecordBuffer => {
  const past = createPast(maxBytes * BEFORE_SHARE, before)
  const charts = new Map<string, ChartModel>()
  const records: InspectRecord[] = []
  const sizes: number[] = []
  let [recordBytes, chartBytes, dropped, births] = [0, 0, first, 0]
  let known = { next: first, dropped: first, actors: past.actors() }

  const bytes = () => ENVELOPE_BYTES + recordBytes + chartBytes + past.bytes
  const isOver = (): boolean => bytes() > maxBytes || births > MOST_ACTORS.born
  const drop = (): void => {
    const aim = Math.max(0, bytes() - maxBytes) + maxBytes * STRIDE_SHARE
    let [count, freed] = [0, 0]
    while (count < records.length && freed < aim) freed += sizes[count++] ?? 0
    recordBytes -= freed
    dropped += count
    sizes.splice(0, count)
    const old = records.splice(0, count)
    births -= old.filter(isBirth).length
    past.fold(old)
  }
  const makeRoom = (): void => {
    while (isOver() && records.length > 0) drop()
  }

  return {
    push: (record) => {
      const size = jsonBytes(record) + 1
      records.push(record)
      sizes.push(size)
      recordBytes += size
      if (isBirth(record)) births += 1
      if (isOver()) makeRoom()
    },
    addChart: (chart) => {
      const size = jsonBytes(chart) + 1
      if (charts.has(chart.id) || chartBytes + size > maxBytes * CHARTS_SHARE) return
      charts.set(chart.id, chart)
      chartBytes += size
      makeRoom()
    },
    get next() {
      return dropped + records.length
    },
    get bytes() {
      return bytes()
    },
    actors: () => {
      // Begun anew with every stride, so that those that ended are forgotten with their records.
      const from = known.dropped === dropped ? known : { next: dropped, actors: past.actors() }
      const next = dropped + records.length
      if (from !== known || known.next !== next)
        known = { next, dropped, actors: foldRecords(from.actors, records.slice(from.next - dropped)) }
      return known.actors
    },
    recording: ({ peerId, name }) => ({
      format: 'fieldmesh-recording',
      version: 1,
      peerId,
      ...(name !== undefined && { name }),
      before: past.actors(),
      dropped,
      records: [...records],
      charts: [...charts.values()],
    }),
  }
}
