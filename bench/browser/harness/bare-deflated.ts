import { deflateRawSync } from 'node:zlib'
import { groups } from '../page/readings.ts'
import { messages } from '../page/systems/bare-messages.ts'

/** The usual balance of size and time. */
const LEVEL = 6

/** Bytes a record of the messages that bare JSON sends of so many readings, each of them deflated; nothing is sent. */
export const bareDeflated = (count: number): number => {
  const rows = [...groups(count)].flat()
  const bytes = [...messages(rows)]
    .map((text) => deflateRawSync(text, { level: LEVEL }).length)
    .reduce((sum, length) => sum + length, 0)
  return bytes / count
}
