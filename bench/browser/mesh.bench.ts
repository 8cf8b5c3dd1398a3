/**
 * A full mesh of pages that all join at once, against the same with bare links.
 *
 *   npm run bench -- mesh   (5 min)
 */
import type { Page } from 'playwright'
import { type BenchTable, writeResults } from '../support/results.ts'
import { sized } from './harness/quick.ts'
import { type Rig, withRig } from './harness/rig.ts'
import { within } from './harness/within.ts'
import type { MeshOptions } from './page/mesh.ts'

const SIZES = sized([10, 20], [4])
const ROUNDS = sized(3, 1)
const LIMIT_MS = 60_000
/** Until all pages have heard when to begin. */
const LEAD_MS = 3_000
const KINDS = ['bare', 'fieldmesh'] as const
const NAMES = { bare: 'bare links', fieldmesh: 'fieldmesh' } as const

const figures = new Map<string, (number | null)[]>()

const join = async (rig: Rig, kind: MeshOptions['kind'], size: number): Promise<number | undefined> => {
  const { a, b, room } = await rig.fresh()
  const pages: Page[] = [a, b]
  while (pages.length < size) pages.push(await rig.newPage((pages.length % 2) as 0 | 1))
  const beginAt = Date.now() + LEAD_MS
  const options = { kind, signaling: rig.signaling, room, pages: size, beginAt }
  const joined = pages.map((page, at) =>
    page.evaluate((each) => bench.joinMesh(each), { ...options, self: `p${String(at).padStart(2, '0')}-${room}` }),
  )
  const ends = await within(LIMIT_MS, Promise.all(joined))
  return ends && Math.max(...ends) - beginAt
}

await withRig(async (rig) => {
  for (const size of SIZES)
    for (let round = 0; round < ROUNDS; round++)
      for (const kind of KINDS) {
        const ms = await join(rig, kind, size)
        console.log(`  ${size} pages, ${round + 1}/${ROUNDS}, ${NAMES[kind]}: ${ms?.toFixed(0) ?? 'never whole'} ms`)
        figures.set(`${kind} ${size}`, [...(figures.get(`${kind} ${size}`) ?? []), ms ?? null])
      }
})

const tables = SIZES.map(
  (size): BenchTable => ({
    title: `${size} pages: until every page is linked with every other`,
    unit: 'ms',
    baseline: NAMES.bare,
    paired: true,
    headline: NAMES.fieldmesh,
    rows: KINDS.map((kind) => {
      const samples = figures.get(`${kind} ${size}`) ?? []
      const missing = samples.filter((ms) => ms === null).length
      return {
        name: NAMES[kind],
        samples,
        note: `whole in ${ROUNDS - missing} of ${ROUNDS}`,
        ...(missing > 0 && { failed: `${missing} of ${ROUNDS} not whole within ${LIMIT_MS / 1_000} s` }),
      }
    }),
  }),
)

await writeResults('mesh', {
  title: 'A full mesh that joins at once',
  about:
    'Pages in two Chromium processes, all told to join the same room at the same moment. A page of bare links counts a link once its channel is open, one of fieldmesh once both devices have accepted each other’s hello. Bare links wait for their candidates and send one signal each way, as the server’s rate allows no more at once.',
  tables,
})
