import type { Entry } from './entry.ts'

/** Part of one author's log: the entries from index `next` up to `end`, and the place of each in the order of applying. */
export interface Run {
  readonly entries: readonly Entry[]
  readonly places: readonly number[]
  next: number
  readonly end: number
}

/** The entries of all runs by place, lazily: a heap of the runs, smallest next place on top. */
export function* mergeRuns(runs: Run[]): Generator<Entry, void, void> {
  for (let i = (runs.length >> 1) - 1; i >= 0; i--) siftDown(runs, i)
  for (let top = runs[0]; top; top = runs[0]) {
    const entry = top.entries[top.next]
    if (entry) yield entry
    top.next += 1
    if (top.next >= top.end) dropTop(runs)
    siftDown(runs, 0)
  }
}

const dropTop = (heap: Run[]): void => {
  const last = heap.pop()
  if (last && heap.length > 0) heap[0] = last
}

const placeOf = (run: Run | undefined): number => run?.places[run.next] ?? Number.POSITIVE_INFINITY

const siftDown = (heap: Run[], from: number): void => {
  let parent = from
  for (;;) {
    const left = 2 * parent + 1
    const child = placeOf(heap[left + 1]) < placeOf(heap[left]) ? left + 1 : left
    const [above, below] = [heap[parent], heap[child]]
    if (!above || !below || placeOf(above) <= placeOf(below)) return
    heap[parent] = below
    heap[child] = above
    parent = child
  }
}
