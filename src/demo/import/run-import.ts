import type { EntryInput } from '#model/entry'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import type { BadRow } from './table.ts'
import type { RowInput } from './to-inputs.ts'

/** How an import went. */
export interface ImportResult {
  readonly imported: number
  /** Rows that were refused on their own account. */
  readonly bad: readonly BadRow[]
  /** Rows not tried, because of `problem` or because the user canceled. */
  readonly left: number
  /** What stopped it, such as a full storage. */
  readonly problem?: FieldmeshError
}

export interface ImportRun {
  /** Writes entries; resolves when durable. */
  readonly sync: (entries: readonly EntryInput[]) => Promise<unknown>
  /** Called after each batch with the number of rows dealt with. */
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** Small enough that progress moves and canceling is prompt, large enough that durable writes are few. */
const BATCH_ROWS = 500

/** Writes the rows batch by batch; a row that is refused does not hold up the others. */
export const runImport = async (inputs: readonly RowInput[], run: ImportRun): Promise<ImportResult> => {
  const bad: BadRow[] = []
  let done = 0
  while (done < inputs.length && !run.signal.aborted) {
    const batch = inputs.slice(done, done + BATCH_ROWS)
    const { kept, problem } = await writeRows(batch, run.sync, bad)
    if (problem) return { imported: done + kept - bad.length, bad, left: inputs.length - done - kept, problem }
    done += batch.length
    run.onProgress(done)
  }
  return { imported: done - bad.length, bad, left: inputs.length - done }
}

/** `kept`: rows dealt with, refused ones included. A refused batch is halved until the row at fault stands alone. */
const writeRows = async (
  rows: readonly RowInput[],
  sync: ImportRun['sync'],
  bad: BadRow[],
): Promise<{ kept: number; problem?: FieldmeshError }> => {
  try {
    await sync(rows.map(({ input }) => input))
    return { kept: rows.length }
  } catch (error) {
    const problem = toFieldmeshError(error)
    if (!problem.code.startsWith('entry-')) return { kept: 0, problem }
    const [first] = rows
    if (!first || rows.length === 1) {
      bad.push(...rows.map(({ row }) => ({ row, reason: problem.message })))
      return { kept: rows.length }
    }
    const half = Math.ceil(rows.length / 2)
    const front = await writeRows(rows.slice(0, half), sync, bad)
    if (front.problem) return front
    const back = await writeRows(rows.slice(half), sync, bad)
    return { ...back, kept: front.kept + back.kept }
  }
}
