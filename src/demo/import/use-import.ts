import { useCallback, useRef, useState } from 'react'
import type { SyncEngine } from '#engine/types'
import { toFieldmeshError } from '#model/fault'
import { useSyncEngine } from '#react/index'
import { KINDS } from '../records/kinds.ts'
import { guessId } from './guess-id.ts'
import { readFile } from './read-file.ts'
import { type ImportResult, runImport } from './run-import.ts'
import { type Table, UnreadableFile } from './table.ts'
import { type ImportPlan, toInputs } from './to-inputs.ts'

/** A file that was read and waits for the user's choices. */
export interface LoadedFile {
  readonly name: string
  readonly table: Table
  readonly guessedId: string | undefined
}

/** Where an import stands. */
export type ImportStage =
  | { readonly stage: 'choosing'; readonly problem?: string }
  | { readonly stage: 'reading'; readonly name: string }
  | { readonly stage: 'ready'; readonly file: LoadedFile }
  | { readonly stage: 'importing'; readonly file: LoadedFile; readonly done: number; readonly total: number }
  | {
      readonly stage: 'done'
      readonly file: LoadedFile
      readonly plan: ImportPlan
      readonly result: ImportResult
      readonly choices: ImportChoices
    }

export interface ImportChoices {
  readonly resourceType: string
  readonly idColumn: string | undefined
}

/** Resource type under which imported lists are known to every device; the id is the type of the list. */
export const LIST_TYPE = 'list'

/** From a file to records, with every step to be shown. */
export const useImport = () => {
  const engine = useSyncEngine()
  const [stage, setStage] = useState<ImportStage>({ stage: 'choosing' })
  const cancel = useRef(new AbortController())

  const open = async (file: File) => {
    setStage({ stage: 'reading', name: file.name })
    try {
      const table = await readFile(file)
      setStage({ stage: 'ready', file: { name: file.name, table, guessedId: guessId(table) } })
    } catch (error) {
      setStage({ stage: 'choosing', problem: readProblem(error) })
    }
  }
  const planOf = useCallback(
    ({ table }: LoadedFile, choices: ImportChoices) =>
      toInputs(table, { ...choices, existing: (id) => engine.record(choices.resourceType, id) }),
    [engine],
  )
  const run = async (file: LoadedFile, choices: ImportChoices) => {
    cancel.current = new AbortController()
    const plan = planOf(file, choices)
    const total = plan.inputs.length
    setStage({ stage: 'importing', file, done: 0, total })
    const result = await importAll(engine, choices.resourceType, plan, cancel.current.signal, (done) =>
      setStage({ stage: 'importing', file, done, total }),
    )
    setStage({ stage: 'done', file, plan, result, choices })
  }
  const reset = () => setStage({ stage: 'choosing' })
  return { stage, open, planOf, run, reset, cancel: () => cancel.current.abort() }
}

/** An import with what can be done to it. */
export type Import = ReturnType<typeof useImport>

const importAll = async (
  engine: SyncEngine,
  type: string,
  plan: ImportPlan,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<ImportResult> => {
  const sync = engine.sync.bind(engine)
  try {
    await listType(engine, type)
  } catch (error) {
    return { imported: 0, bad: [], left: plan.inputs.length, problem: toFieldmeshError(error) }
  }
  return runImport(plan.inputs, { sync, onProgress, signal })
}

/** A type that the app does not know by heart becomes a list on every device. */
const listType = async (engine: SyncEngine, type: string): Promise<void> => {
  if (KINDS.some((kind) => kind.type === type) || engine.record(LIST_TYPE, type)?.alive) return
  await engine.put(LIST_TYPE, type, { name: type })
}

const readProblem = (error: unknown): string =>
  error instanceof UnreadableFile ? error.message : `The file could not be read: ${toFieldmeshError(error).message}`
