import type { Dot } from '#model/entry'
import type { RecordView } from '#model/view'

/** Names of the fields whose value stands as the given entry wrote it. */
export const editedFields = (record: RecordView, { peerId, seq }: Dot): readonly string[] =>
  Object.entries(record.fields)
    .filter(([, { dot }]) => dot.peerId === peerId && dot.seq === seq)
    .map(([name]) => name)
