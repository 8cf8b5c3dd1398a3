import type { Device } from './device.ts'
import { linkedTo } from './field.ts'
import type { Resolved } from './probe.ts'

/** Writes, and tells what the engine had said to be durable the moment that the last promise resolved. */
type Write = (device: Device, round: number) => Promise<readonly Resolved[]>

const single: Write = ({ page }, round) =>
  page.evaluate(async (kwh) => {
    const engine = window.fieldmesh?.engine
    const entry = await engine?.put('reading', `single-${kwh}`, { kwh })
    return [{ id: `single-${kwh}`, seq: entry?.vectorClock[entry.peerId] ?? 0, kwh }]
  }, round)

const batch: Write = ({ page }, round) =>
  page.evaluate(async (kwh) => {
    const ids = Array.from({ length: 200 }, (_, i) => `batch-${kwh}-${i}`)
    const inputs = ids.map((id) => ({ id, resourceType: 'reading', action: 'create', data: { kwh } }) as const)
    const entries = (await window.fieldmesh?.engine.sync(inputs)) ?? []
    return entries.map(({ id, peerId, vectorClock }) => ({ id, seq: vectorClock[peerId] ?? 0, kwh }))
  }, round)

const IMPORTED = 3_000

/** A file of the import's own format: a row of number n has n kWh. */
const fileOf = (round: number) => ({
  name: `round-${round}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    ['id,kwh', ...Array.from({ length: IMPORTED }, (_, row) => `row-${round}-${row},${row}`)].join('\n'),
  ),
})

/** In the middle of an import: its rows so far count as well, for the app says that they are saved. */
const amidImport: Write = async ({ page }, round) => {
  await page.getByTestId('tab-import').click()
  await page.getByTestId('import-input').setInputFiles(fileOf(round))
  await page.getByTestId('import-start').waitFor()
  const { saved, ...put } = await page.evaluate(async (kwh) => {
    const saysSaved = () =>
      Number(document.querySelector<HTMLElement>('[data-testid=import-progress]')?.dataset['done'])
    document.querySelector<HTMLElement>('[data-testid=import-start]')?.click()
    while (!(saysSaved() > 0)) await new Promise(requestAnimationFrame)
    const entry = await window.fieldmesh?.engine.put('reading', `amid-${kwh}`, { kwh })
    return { id: `amid-${kwh}`, seq: entry?.vectorClock[entry.peerId] ?? 0, kwh, saved: saysSaved() }
  }, round)
  if (!(saved < IMPORTED)) throw new Error('the import was over before the write was')
  const rows = Array.from({ length: saved }, (_, row) => ({ id: `row-${round}-${row}`, seq: 0, kwh: row }))
  return [...rows, put]
}

/** Large enough to be on its way to the other device for some time. */
const NOTE_LETTERS = 400_000

const whileSending: Write = async (device, round) => {
  await linkedTo(device, 1)
  return device.page.evaluate(
    async ([kwh, letters]) => {
      const note = Array.from({ length: letters }, () => Math.random().toString(36).slice(2, 3)).join('')
      const entry = await window.fieldmesh?.engine.put('reading', `sent-${kwh}`, { kwh, note })
      return [{ id: `sent-${kwh}`, seq: entry?.vectorClock[entry.peerId] ?? 0, kwh }]
    },
    [round, NOTE_LETTERS] as const,
  )
}

/** Every way of writing that a kill may interrupt, in turn. */
export const WRITES: readonly Write[] = [single, batch, whileSending, amidImport, single, batch, whileSending]
