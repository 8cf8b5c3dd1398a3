import type { Reading } from '../readings.ts'

export type Row = readonly [id: string, fields: Reading]

/** Readings of about 14 kB of JSON travel together. */
const ROWS_A_MESSAGE = 80

/** What bare JSON sends of readings, message by message. */
export const messages = function* (rows: Iterable<Row>): Generator<string> {
  let message: Row[] = []
  for (const row of rows) {
    message.push(row)
    if (message.length < ROWS_A_MESSAGE) continue
    yield JSON.stringify(message)
    message = []
  }
  if (message.length > 0) yield JSON.stringify(message)
}
