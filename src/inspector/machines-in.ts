import type { InspectRecord } from './records.types.ts'

/** Ids of the machines whose actors are born in these records, each once. */
export const machinesIn = (records: readonly InspectRecord[]): readonly string[] => [
  ...new Set(records.flatMap((record) => (record.kind === 'actor' && record.machine ? [record.machine] : []))),
]
