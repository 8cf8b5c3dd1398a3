/**
 * What trust costs: the handshake against none, and logs of signed entries beside a signature for each; processor time
 * in Node, without network and disk, and bytes.
 *
 *   npm run bench -- trust   (1 min)
 */
import { platformCrypto } from '#adapters/crypto/platform-crypto'
import { base64url } from '#model/base64url'
import { LIMITS } from '#model/limits'
import { VectorClock } from '#model/vector-clock'
import { bodyHash, firstLink, nextLink } from '#trust/chain'
import { isCheckpointSigned, signCheckpoint } from '#trust/checkpoint'
import type { Signer } from '#trust/crypto.types'
import { authenticate, checkAuthenticator, type Handshake, type HelloClaim } from '#trust/handshake'
import { peerIdOf } from '#trust/peer-id-of'
import { openRoomKeys } from '#trust/room-keys'
import { concat, utf8 } from '#trust/statement'
import { packBytes } from '#wire/deflate'
import { decodeBatch, encodeBatch } from '#wire/entry-codec'
import { sized } from '../browser/harness/quick.ts'
import { writeResults } from '../support/results.ts'
import { collectGarbage, cpuOf, Samples } from './support/processor.ts'
import { AUTHOR, batchesOf, inputAt, openStore, storeOf } from './support/stored-readings.ts'

const COUNT = sized(10_000, 500)
const HANDSHAKES = sized(200, 10)
const ROUNDS = sized(9, 1)

const suite = platformCrypto()
const device = await suite.signerOf(suite.randomBytes(32))
const place = (seq: number, link: Uint8Array) => ({ log: 'bench', author: AUTHOR, seq, link })

const store = await storeOf(COUNT)
const batches = batchesOf(store)
const bodies = batches.flatMap((batch) => {
  const decoded = decodeBatch(batch)
  return decoded.ok ? decoded.items.map(({ bytes }) => bytes) : []
})

/** The links at the places that are signed, and the work of making them. */
const chain = (): [seq: number, link: Uint8Array][] => {
  const signed: [number, Uint8Array][] = []
  let link = firstLink('bench', AUTHOR)
  for (const [i, body] of bodies.entries()) {
    link = nextLink(link, bodyHash(body))
    if ((i + 1) % LIMITS.checkpointEntries === 0 || i === bodies.length - 1) signed.push([i + 1, link])
  }
  return signed
}
const signChain = () => Promise.all(chain().map(([seq, link]) => signCheckpoint(device, place(seq, link))))
const signatures = await signChain()
const verifyChain = async () => {
  const verdicts = await Promise.all(
    chain().map(([seq, link], i) =>
      isCheckpointSigned(suite, device.publicKey, signatures[i] ?? new Uint8Array(), place(seq, link)),
    ),
  )
  if (verdicts.includes(false)) throw new Error('a checkpoint is not signed')
}
const LABEL = utf8('bench.entry')
const signEach = () => Promise.all(bodies.map((body) => device.sign(concat(LABEL, body))))
const each = await signEach()
const verifyEach = async () => {
  const verdicts = await Promise.all(
    bodies.map((body, i) => suite.verify(device.publicKey, each[i] ?? new Uint8Array(), concat(LABEL, body))),
  )
  if (verdicts.includes(false)) throw new Error('an entry is not signed')
}

const ENTRIES: Readonly<Record<string, () => unknown>> = {
  'signatures alone: sign each entry': signEach,
  'signatures alone: verify each entry': verifyEach,
  'chain alone: hash each entry': chain,
  'fieldmesh: chain and sign a checkpoint per 64': signChain,
  'fieldmesh: chain and verify a checkpoint per 64': verifyChain,
}

const room = await openRoomKeys(suite, base64url(suite.randomBytes(32)))
const other = await suite.signerOf(suite.randomBytes(32))
const helloOf = (signer: Signer, letter: string): HelloClaim => ({
  protocol: 1,
  peerId: peerIdOf(signer.publicKey),
  epoch: 1_760_000_000_000,
  digest: '0123456789abcdef',
  cookie: '',
  nonce: letter.repeat(22),
  pub: base64url(signer.publicKey),
})
const [one, two] = [helloOf(device, 'A'), helloOf(other, 'B')]
const fingerprints = { ours: 'C'.repeat(43), theirs: 'D'.repeat(43) }
const dialer: Handshake = { room: room.id, role: 'dialer', fingerprints, ours: one, theirs: two }
const answerer: Handshake = {
  room: room.id,
  role: 'answerer',
  fingerprints: { ours: fingerprints.theirs, theirs: fingerprints.ours },
  ours: two,
  theirs: one,
}
/** Both sides of one handshake. */
const prove = async () => {
  const said = await authenticate(dialer, { mac: room.mac, device })
  const answer = await authenticate(answerer, { mac: room.mac, device: other })
  const doubts = await Promise.all([
    checkAuthenticator(answerer, said, { suite, key: room.mac }),
    checkAuthenticator(dialer, answer, { suite, key: room.mac }),
  ])
  if (doubts.some(Boolean)) throw new Error('a handshake failed')
}
/** What a link says without one: two hellos as text. */
const greet = () => JSON.stringify([JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(two))])
const times = async (count: number, work: () => unknown) => {
  for (let i = 0; i < count; i++) await work()
}
const LINKS: Readonly<Record<string, () => unknown>> = {
  'none: two hellos alone': greet,
  'fieldmesh: two hellos, two proofs bound to the connection': async () => {
    greet()
    await prove()
  },
}

const samples = new Samples()
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, work] of Object.entries(ENTRIES)) {
    collectGarbage()
    samples.add(name, await cpuOf(work))
  }
  for (const [name, work] of Object.entries(LINKS)) {
    collectGarbage()
    samples.add(name, (await cpuOf(() => times(HANDSHAKES, work))) / HANDSHAKES)
  }
}

const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0)
const bare = batches.map((batch) => {
  const decoded = decodeBatch(batch)
  return encodeBatch(decoded.ok ? decoded.items.map(({ bytes }) => bytes) : [])
})
const deflated = (parts: readonly Uint8Array[]) => parts.map((part) => packBytes(part).bytes)
const live = await openStore(AUTHOR)
await live.write([inputAt(0)])
const before = live.vector()
await live.write([inputAt(1)])
const edit = live.pack(before)?.bytes ?? new Uint8Array()
const decodedEdit = decodeBatch(edit)
const bareEdit = encodeBatch(decodedEdit.ok ? decodedEdit.items.map(({ bytes }) => bytes) : [])
if (live.pack(new VectorClock())?.entries !== 2) throw new Error('two entries were written')

const row = (name: string) => ({ name, samples: samples.of(name) })
const bytesRow = (name: string, parts: readonly Uint8Array[], count: number) => ({
  name,
  samples: [sizeOf(parts) / count],
})

await writeResults('trust', {
  title: 'What trust costs',
  about:
    'Processor time of one process and bytes; the platform’s own Ed25519 and HMAC, SHA-256 by @noble/hashes as in every browser. Rounds in turns, all in one run.',
  tables: [
    {
      title: `${COUNT.toLocaleString('en-US')} entries of one author`,
      unit: 'ms of processor time',
      baseline: 'signatures alone: verify each entry',
      paired: true,
      rows: Object.keys(ENTRIES).map(row),
    },
    {
      title: 'One handshake, both sides together',
      unit: 'ms of processor time',
      baseline: 'none: two hellos alone',
      paired: true,
      rows: Object.keys(LINKS).map(row),
    },
    {
      title: 'Bytes of an entry of a backlog',
      unit: 'bytes an entry',
      baseline: 'unsigned',
      rows: [
        bytesRow('unsigned', bare, COUNT),
        bytesRow('fieldmesh: signed', batches, COUNT),
        bytesRow('unsigned, deflated', deflated(bare), COUNT),
        bytesRow('fieldmesh: signed, deflated', deflated(batches), COUNT),
      ],
    },
    {
      title: 'Bytes of one edit, sent as it is made',
      unit: 'bytes',
      baseline: 'unsigned, deflated',
      rows: [
        bytesRow('unsigned, deflated', deflated([bareEdit]), 1),
        bytesRow('fieldmesh: signed, deflated', deflated([edit]), 1),
      ],
    },
  ],
})
