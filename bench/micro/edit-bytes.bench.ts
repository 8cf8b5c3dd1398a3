/**
 * Bytes of one edit on the wire, as the codecs make them, and where they go. Nothing here depends on time.
 *
 *   npm run bench -- edit-bytes   (1 s)
 */
import { deflateSync } from 'fflate'
import { canonical } from '#model/canonical'
import type { Entry } from '#model/entry'
import { LIMITS } from '#model/limits'
import { chunksOf } from '#wire/chunk'
import { encodeControl } from '#wire/control-codec'
import { packBytes } from '#wire/deflate'
import { encodeBatch, encodeEntry } from '#wire/entry-codec'
import { PRIORITY } from '#wire/messages'
import { idAt } from '../browser/page/readings.ts'
import { EDIT_AIM } from '../support/edit-aim.ts'
import { writeResults } from '../support/results.ts'
import { AUTHOR, RECEIVER } from './support/stored-readings.ts'

/** The bench's one edit: a new reading in a record that the other device wrote. */
const edit: Entry = {
  id: idAt(37),
  resourceType: 'reading',
  action: 'update',
  data: { kwh: 812.25 },
  timestamp: 1_760_000_123_456,
  peerId: AUTHOR,
  vectorClock: { [AUTHOR]: 1_038, [RECEIVER]: 38 },
}

const previous: Entry = {
  ...edit,
  id: idAt(74),
  data: { kwh: 7 },
  timestamp: edit.timestamp - 10_000,
  vectorClock: { [AUTHOR]: 1_037, [RECEIVER]: 75 },
}
/** Two ids, a time, two numbers of entries, the record with its type, the field with its value, and their lengths. */
const binaryBytes = 2 * 16 + 6 + 2 * 2 + idAt(37).length + 'reading'.length + 'kwh'.length + 8 + 6

const body = encodeEntry(edit)
const batch = encodeBatch([body])
const sent = packBytes(batch).bytes
const ack = encodeControl({ kind: 'vector', base: '0123456789abcdef', clock: { [AUTHOR]: 1_038 }, pull: false })
const credit = encodeControl({ kind: 'credit', received: 123_456 })
const framed = (bytes: Uint8Array, kind: 'entries' | 'vector'): number => {
  const frames = chunksOf(bytes, { kind, msgId: 7, priority: PRIORITY.live, deflated: false })
  return [...frames].reduce((sum, frame) => sum + frame.length, 0)
}

const without = (part: Partial<Record<keyof Entry, unknown>>): number =>
  body.length - Buffer.byteLength(canonical({ ...edit, ...part } as Entry))
const names = '{"action":,"data":,"id":,"peerId":,"resourceType":,"timestamp":,"vectorClock":}'.length
const ids = 2 * AUTHOR.length + RECEIVER.length
const entryFrame = framed(sent, 'entries')
const ackFrame = framed(ack, 'vector')
/** As the bare system of the result `edit` sends it. */
const bare = JSON.stringify([[edit.id, edit.data]]).length

const row = (name: string, bytes: number, note?: string) => ({ name, samples: [bytes], ...(note && { note }) })

await writeResults('edit-bytes', {
  title: 'Bytes of one edit',
  about:
    'One field of a record that another device wrote: the protocol’s messages for it, made in Node by the codecs that ship, in their frames; DTLS and SCTP are not counted. The result `edit` has what the browser counted on the channels of a link in use, and comes to less: there the author has written every record itself, here another device did, whose id and count are then in the edit’s clock (some 20 bytes). There heartbeats and credit that fall into the series count, and an acknowledgment may stand for more than one edit. Both have the same aim, of all bytes both ways, before signatures.',
  tables: [
    {
      title: 'Bytes of one edit, both ways, with its acknowledgment',
      unit: 'bytes',
      baseline: 'bare JSON of the edit',
      rows: [
        row('bare JSON of the edit', bare),
        { ...row('fieldmesh: the entry and its acknowledgment, in frames', entryFrame + ackFrame), aim: EDIT_AIM },
        row('fieldmesh: of these the entry in its frame', entryFrame),
        row('fieldmesh: of these the acknowledgment (vector delta) in its frame', ackFrame),
        row('credit, where a message is large enough to ask for it', credit.length + LIMITS.chunkHeaderBytes),
      ],
    },
    {
      title: 'Where the bytes of the entry go, before it is deflated',
      unit: 'bytes',
      rows: [
        row('frame header', LIMITS.chunkHeaderBytes),
        row('batch: magic, version, checksum, count, length', batch.length - body.length),
        row('body: names of the fields and punctuation', names),
        row('body: device ids (author twice, the author seen once)', ids),
        row('body: the rest of the clock', without({ vectorClock: {} }) - AUTHOR.length - RECEIVER.length),
        row('body: record id and resource type', without({ id: '', resourceType: '' })),
        row('body: action and time', without({ action: '' }) + 13),
        row('body: the data itself', without({ data: {} }) + 2),
      ],
    },
    {
      title: 'What shrinks it',
      unit: 'bytes of the entry message without its frame',
      baseline: 'as a batch',
      rows: [
        row('as a batch', batch.length),
        row('deflated, as deflate is', deflateSync(batch, { level: 9 }).length),
        row('fieldmesh: deflated with the dictionary of the protocol, as it is sent', sent.length),
        row(
          'deflated with the previous edit as dictionary',
          deflateSync(batch, { level: 9, dictionary: encodeBatch([encodeEntry(previous)]) }).length,
          'Not done: the two ends of a link would have to agree at every moment on what was sent before.',
        ),
        row('ids as 16 bytes, numbers as varints, names as one byte', binaryBytes, 'Not done: counted, not written.'),
      ],
    },
  ],
  findings: [
    'The body is the author’s exact text, with field names and device ids, kept as it is so that hashes and signatures have one meaning. Deflate with a dictionary known to both ends beforehand takes the names away; what stays are two device ids that nothing shrinks (16 bytes each at the least), the numbers, and two frames with their headers.',
    'Next: compress within a link (each message against those before it), where a second edit costs what is new in it; and an acknowledgment that names the author by its place in the peer’s vector and leaves the digest of its base to the hello.',
  ],
})
