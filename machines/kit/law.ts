/**
 * What must be true in every snapshot of a machine. Generated tests check the laws at every step, the atlas prints
 * them; tests cite them by id.
 *
 * @example
 * const law: Law<SnapshotFrom<typeof doorMachine>> = {
 *   id: 'DOOR-1',
 *   says: 'an open door is never locked',
 *   holds: (snapshot) => !snapshot.matches('open') || snapshot.context.lock === 'off',
 * }
 */
export interface Law<Snapshot> {
  /** Stable: the machine's word in capitals and a number, such as `PEER-2`. */
  readonly id: `${Uppercase<string>}-${number}`
  /** The law in one plain clause. */
  readonly says: string
  /**
   * It tries events on the chart, by XState's `transition()`, instead of looking at the moment: dear, and true of a
   * chart or not, whatever happens. Tests check it; nobody watches it while actors run.
   */
  readonly tried?: true
  holds(snapshot: Snapshot): boolean
}
