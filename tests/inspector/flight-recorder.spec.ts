import { afterEach, expect, test, vi } from 'vitest'
import { alwaysLeader } from '#adapters/storage/leadership'
import { createSyncEngine } from '#engine/create-sync-engine'
import type { SyncEngine } from '#engine/types'
import { createFlightRecorder } from '#inspector/create-flight-recorder'
import { createRecordingReader } from '#inspector/recording-reader'
import { parseRecording } from '#inspector/parse-recording'
import type { IceRecord, Recording } from '#inspector/records.types'
import { createMemoryDisk, createMemoryJournal } from '#store/memory-journal'
import { createMemorySignaling } from '../support/memory-signaling.ts'

const WAIT = { timeout: 20_000, interval: 20 }
const engines: SyncEngine[] = []
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()))
})

/** The engine on the browser's real links; only its server and its disk are in memory. */
const open = (socket: ReturnType<typeof createMemorySignaling>['socket']): SyncEngine => {
  const ports = {
    socket: () => socket,
    leadership: alwaysLeader,
    openJournal: async () => createMemoryJournal(createMemoryDisk()),
  }
  const engine = createSyncEngine({ room: 'a', signaling: 'ws://memory.test/', ports })
  engines.push(engine)
  return engine
}
const iceOf = ({ records }: Recording): IceRecord[] => records.filter((record) => record.kind === 'ice')

test('between two real links it notes the figures of each, and no address; the file replays', async () => {
  const { socket } = createMemorySignaling()
  const [a, b] = [open(socket), open(socket)]
  const flight = createFlightRecorder(a, { name: 'left' })
  await Promise.all([a.start(), b.start()])
  await a.put('reading', 'm-1', { remark: 'the gate is stuck' })
  await vi.waitFor(() => expect(b.record('reading', 'm-1')).toBeDefined(), WAIT)
  await vi.waitFor(() => expect(iceOf(flight.recording()).length).toBeGreaterThan(0), WAIT)

  const text = await flight.toFile().text()
  const recording = parseRecording(text)
  const [first] = iceOf(recording)
  expect(first).toMatchObject({
    peerId: b.peerId,
    connId: expect.stringContaining(a.peerId),
    figures: {
      connection: 'connected',
      dtls: 'connected',
      localType: expect.stringMatching(/^(host|prflx)$/),
      protocol: 'udp',
    },
  })
  expect(first?.figures['bytesSent']).toBeGreaterThan(0)
  expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+ |\.local|AQ[AEI]A[\w-]{70}|ice-pwd|gate is stuck/)
  const reader = createRecordingReader(recording)
  const peer = Object.values(reader.actorsAt(reader.end)).find(({ machine }) => machine === 'sync-peer')
  expect(peer?.states.some((id) => id.endsWith('connected'))).toBe(true)
  expect(recording.records.filter(({ kind }) => kind === 'law')).toEqual([])
  flight.detach()
})
