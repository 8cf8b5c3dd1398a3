/** Where progress is shown: standard error, or anything like it. */
export interface ProgressSink {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export interface Progress {
  update(done: number, failing: number): void
  /** Makes room for other lines. */
  clear(): void
}

const BAR = 24
const [TTY_MS, LINE_MS] = [100, 10_000]

/** A bar on a terminal; elsewhere a plain line from time to time. */
export const createProgress = (total: number, sink: ProgressSink, now: () => number): Progress => {
  const began = now()
  const everyMs = sink.isTTY ? TTY_MS : LINE_MS
  let shownAt = began
  const words = (done: number, failing: number): string => {
    const seconds = Math.max((now() - began) / 1_000, 0.001)
    const rate = done / seconds
    const left = done > 0 ? Math.ceil((total - done) / rate) : 0
    return `${done} of ${total} seeds, ${rate.toFixed(1)}/s, ${failing} failing, ${left} s left`
  }
  return {
    update: (done, failing) => {
      if (now() - shownAt < everyMs && done < total) return
      shownAt = now()
      const filled = Math.round((BAR * done) / total)
      if (sink.isTTY) sink.write(`\r\u001b[K${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ${words(done, failing)}`)
      else sink.write(`${words(done, failing)}\n`)
    },
    clear: () => {
      if (sink.isTTY) sink.write('\r\u001b[K')
    },
  }
}
