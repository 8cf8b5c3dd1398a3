/** Processor time of a piece of work, ms: what else the machine does meanwhile does not count. */
export const cpuOf = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** Drops garbage first where Node was started with `--expose-gc`, so that one measurement does not pay for another. */
export const collectGarbage = (): void => globalThis.gc?.()

/** Samples by name, taken in turns: every round measures all, so that all see the same machine. */
export class Samples {
  readonly #byName = new Map<string, number[]>()

  add(name: string, value: number): void {
    const known = this.#byName.get(name)
    if (known) known.push(value)
    else this.#byName.set(name, [value])
  }

  of(name: string): readonly number[] {
    return this.#byName.get(name) ?? []
  }
}
