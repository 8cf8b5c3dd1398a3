import { createInspector, type StatelyInspectionEvent } from '@statelyai/inspect'
import type { InspectionEvent } from 'xstate'
import { fromCallback } from 'xstate'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createPulse } from '#adapters/page/pulse'
import { wallClock } from '#adapters/page/clock'
import { alwaysLeader } from '#adapters/storage/leadership'
import { createSyncEngine } from '#engine/create-sync-engine'
import { createFlightRecorder } from '#inspector/create-flight-recorder'
import { createRecorder } from '#inspector/create-recorder'
import { parseRecording } from '#inspector/parse-recording'
import { redactedInspect } from '#inspector/redacted-inspect'
import type { InspectOption, Logger, SyncEngine } from '#engine/types'
import type { EnginePorts } from '#engine/ports'
import { createSimCrypto } from '#sim/crypto'
import { createMemoryDisk, createMemoryJournal } from '#store/memory-journal'

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const sim = createSimCrypto()
const ports: EnginePorts = {
  transport: () => fromCallback(() => {}),
  socket: () => fromCallback(() => {}),
  presence: fromCallback(() => {}),
  leadership: alwaysLeader,
  pulse: createPulse({ clock: wallClock }),
  openJournal: async () => createMemoryJournal(createMemoryDisk()),
  crypto: sim.suiteFor(randomBytes),
  deviceKeys: sim.keysFor(randomBytes),
  now: () => Date.now(),
  randomBytes,
  clock: wallClock,
}
const engines: SyncEngine[] = []
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()))
})
const open = (inspect?: InspectOption, logger?: Logger): SyncEngine => {
  const engine = createSyncEngine({
    room: 'a secret of the house',
    ports,
    ...(inspect && { inspect }),
    ...(logger && { logger }),
  })
  engines.push(engine)
  return engine
}
const born = (seen: readonly InspectionEvent[]) =>
  seen.flatMap(({ type, actorRef }) => (type === '@xstate.actor' ? [Reflect.get(actorRef, 'id') as string] : []))

describe('createSyncEngine({ inspect })', () => {
  test('takes a function, which sees the root’s own birth too', async () => {
    const seen: InspectionEvent[] = []
    const engine = open((event) => seen.push(event))
    await engine.start()
    expect(born(seen).length).toBeGreaterThan(5)
    expect(seen[0]).toMatchObject({ type: '@xstate.actor', actorRef: { sessionId: engine.actor.sessionId } })
  })

  test('takes an observer, called as its own method', async () => {
    class Observing {
      readonly seen: InspectionEvent[] = []
      next(event: InspectionEvent) {
        this.seen.push(event)
      }
    }
    const observer = new Observing()
    await open(observer).start()
    expect(born(observer.seen)).toContain('mesh')
  })

  test('takes Stately’s, with our redaction', async () => {
    const sent: StatelyInspectionEvent[] = []
    const { inspect } = createInspector({ send: (event) => sent.push(event) })
    const engine = open(redactedInspect(inspect))
    await engine.start()
    await engine.put('visit', 'house 3', { remark: 'the gate is stuck' })
    await vi.waitFor(() => expect(JSON.stringify(sent)).toContain('sync-mesh'))
    await vi.waitFor(() => expect(sent.some(({ type }) => type === '@xstate.snapshot')).toBe(true))
    expect(JSON.stringify(sent)).not.toMatch(/gate is stuck|secret of the house|house 3/)
    expect(JSON.stringify(sent)).not.toContain(engine.room.id)
  })

  test.each([
    [
      'a function',
      () => {
        throw new Error('mine')
      },
    ],
    [
      'an observer',
      {
        next: () => {
          throw new Error('mine')
        },
      },
    ],
  ])('%s that throws is logged, and the engine works', async (_what, inspect) => {
    const error = vi.fn<Logger['error']>()
    const engine = open(inspect, { debug: () => {}, warn: () => {}, error })
    await engine.start()
    await engine.put('reading', 'm-1', { kwh: 3 })
    expect(engine.record('reading', 'm-1')?.value).toEqual({ kwh: 3 })
    expect(engine.store.getStatus().phase).toBe('running')
    expect(error).toHaveBeenCalledWith('an inspector threw', expect.objectContaining({ message: 'mine' }))
  })

  test.each([[7], ['x'], [{}], [{ next: 3 }], [null]])('%j is refused', (inspect) => {
    expect(() => createSyncEngine({ room: 'a', ports, inspect: inspect as unknown as InspectOption })).toThrow(
      /inspect takes/,
    )
  })
})

describe('a flight recorder', () => {
  test('survives stop and start, and gives a file that is read again', async () => {
    const engine = open()
    const flight = createFlightRecorder(engine, { name: 'Tablet №3 / hall' })
    await engine.start()
    await engine.stop()
    await engine.start()
    const file = flight.toFile()
    const recording = parseRecording(await file.text())
    expect(recording).toEqual(JSON.parse(JSON.stringify(flight.recording())))
    expect(recording.peerId).toBe(engine.peerId)
    expect(
      recording.records.filter(
        ({ kind, ...rest }) => kind === 'event' && 'type' in rest && rest.type === 'engine.start',
      ),
    ).toHaveLength(2)
    expect(flight.fileName()).toMatch(/^Tablet-3-hall\.\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.fieldmesh-recording\.json$/)
    expect([file.type, flight.peerId, flight.attached]).toEqual(['application/json', engine.peerId, true])
    flight.detach()
    expect(flight.attached).toBe(false)
  })

  test('notes the faults that the engine tells', async () => {
    let isFull = false
    const disk = createMemoryDisk()
    const openJournal: EnginePorts['openJournal'] = async () => {
      const journal = createMemoryJournal(disk)
      return new Proxy(journal, {
        get: (target, key) =>
          key === 'append' && isFull
            ? () => Promise.reject(new Error('QuotaExceededError'))
            : Reflect.get(target, key, target),
      })
    }
    const engine = createSyncEngine({ room: 'a', ports: { ...ports, openJournal } })
    engines.push(engine)
    const [flight, gone] = [createFlightRecorder(engine), createFlightRecorder(engine)]
    await engine.start()
    gone.detach()
    isFull = true
    await expect(engine.put('reading', 'm-1', { kwh: 3 })).rejects.toThrow(/storage/)
    const faultsOf = (recorder: typeof flight) => recorder.recording().records.filter(({ kind }) => kind === 'fault')
    expect(faultsOf(flight)).toEqual([expect.objectContaining({ fault: expect.stringMatching(/^storage-/) })])
    expect(faultsOf(gone)).toEqual([])
    isFull = false
  })

  test('that let go hears nothing more, whatever the engine does', async () => {
    const engine = open()
    const recorders = [createRecorder(engine), createFlightRecorder(engine)]
    await engine.start()
    for (const recorder of recorders) recorder.detach()
    const counts = recorders.map((each) => each.recording().records.length)
    await engine.put('reading', 'm-1', { kwh: 3 })
    await engine.stop()
    expect(recorders.map((each) => each.recording().records.length)).toEqual(counts)
  })
})
