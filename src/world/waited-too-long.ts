/**
 * `World.until` and `World.quiesce` waited in vain. No `FieldmeshError`: nothing went wrong that an application could
 * show or handle; the test that waits has failed.
 */
export class WaitedTooLong extends Error {
  override readonly name = 'WaitedTooLong'
  /** What was waited for, in the words of whoever did. */
  readonly what: string
  /** ms of the world. */
  readonly withinMs: number
  constructor(what: string, withinMs: number, state: string) {
    super(`Within ${withinMs} ms of the world it never came true: ${what}\n${state}`)
    this.what = what
    this.withinMs = withinMs
  }
}
