import { type ChildProcess, fork } from 'node:child_process'
import type { Reply, Task } from './tasks.ts'

/** A worker that says nothing for so long hangs: a world takes a fraction of a second. */
const SILENCE_MS = 90_000
/** localforage looks for localStorage, of which Node warns. */
const FLAGS = ['-C', 'fieldmesh-source', '--disable-warning=ExperimentalWarning']

/** What came of a task; `lost`: the worker died or hung, and these were its last words. */
export type Result = Exclude<Reply, { type: 'ready' | 'alive' }> | { readonly type: 'lost'; readonly why: string }

/** One process that takes one task at a time; a dead one is replaced at the next task. */
export interface Crew {
  work(task: Task): Promise<Result>
  end(): void
}

/** @param worker the module that the process runs; told tasks, it answers with replies */
export const createCrew = (
  worker = new URL('./worker.ts', import.meta.url),
  { silenceMs = SILENCE_MS }: { readonly silenceMs?: number } = {},
): Crew => {
  let child: ChildProcess | undefined
  let lastWords = ''
  const hire = (): ChildProcess => {
    const hired = fork(worker, { execArgv: FLAGS, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
    lastWords = ''
    hired.stderr?.on('data', (data) => {
      lastWords = `${lastWords}${data}`.slice(-2_000)
    })
    return hired
  }
  const work = (task: Task): Promise<Result> =>
    new Promise((resolve) => {
      child ??= hire()
      const busy = child
      const finish = (result: Result) => {
        clearTimeout(timer)
        busy.off('message', hear)
        busy.off('exit', died)
        if (result.type === 'lost') child = undefined
        resolve(result)
      }
      const hung = () => {
        busy.kill('SIGKILL')
        finish({ type: 'lost', why: `it said nothing for ${silenceMs} ms` })
      }
      let timer = setTimeout(hung, silenceMs)
      const hear = (reply: Reply) => {
        clearTimeout(timer)
        timer = setTimeout(hung, silenceMs)
        if (reply.type === 'ran' || reply.type === 'shrunk') finish(reply)
      }
      const died = (code: number | null, signal: string | null) =>
        finish({ type: 'lost', why: `its process ended with ${signal ?? code}: ${lastWords.trim()}` })
      busy.on('message', hear)
      busy.on('exit', died)
      busy.send(task)
    })
  return { work, end: () => void child?.kill() }
}
