/**
 * What the text of an entry mostly consists of, known to both ends of a link before the first byte: a single edit is
 * too short for deflate to find its own repetitions. The likeliest stands last, where references to it are shortest.
 * It knows the format and no application's words. Part of the protocol: a change here is a change of its version.
 */
const TEXT =
  ':null,":true,":false,"name":"date":"note":"status":"' +
  '{"action":"delete","data":{},"id":"{"action":"create","counter":1,"data":{"{"action":"update","data":{"' +
  ':"","},"id":"","peerId":"","resourceType":"","timestamp":17,"vectorClock":{"":1,"":1}}'

export const DICTIONARY = new TextEncoder().encode(TEXT)
