import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { converged, faultsOf, linksMade, openLinks, wordsAbout } from './support/company.ts'
import { closeLinks, type Device } from './support/device.ts'
import { faultLasts } from './support/fault-lasts.ts'
import { type Field, fieldIs, openField, put, unlinked } from './support/field.ts'
import { hasSaid, TRUE_OF_SLEEP, untrueWords, wasTold } from './support/history.ts'
import { freezePage, thawPage } from './support/lifecycle.ts'
import { controlWallClock, moveWallClock } from './support/wall-clock.ts'
import { openWatchedPair } from './support/watched-pair.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the sleepers')
})
afterEach(() => field.close())

const HOUR_MS = 3_600_000
const FREEZE_MS = 10_000
const SLEEP_MS = 15_000
/** One fresh link after the silence; and one more where both sides make it at the same moment, or an attempt was under way. */
const LINKS_FOR_ONE_ABSENCE = 4

test('a page frozen for ten seconds is said not to answer, and has everything once it is back', async () => {
  const [a, b] = await openWatchedPair(field)
  await put(b, 'before', { kwh: 1 })
  await freezePage(b)
  await put(a, 'meanwhile', { kwh: 2 })
  await Promise.all([faultLasts(FREEZE_MS), hasSaid(a, 'recovering')])
  expect(await wordsAbout(a, b)).toMatchObject({
    healthy: false,
    fault: expect.stringMatching(/^link-(silent|unanswered)$/),
  })
  await thawPage(b)
  await fieldIs(b, 'meanwhile', 'kwh', 2)
  await converged(a, b)
  expect(await untrueWords(TRUE_OF_SLEEP, a, b)).toEqual([])
  expect(await openLinks(a, b)).toEqual([1, 1])
  expect(await linksMade(a, b)).toBeLessThanOrEqual(LINKS_FOR_ONE_ABSENCE)
})

test('two pages frozen at the same time blame nobody, and find their link as they left it', async () => {
  const [a, b] = await openWatchedPair(field)
  await Promise.all([a, b].map(freezePage))
  await faultLasts(FREEZE_MS)
  await Promise.all([a, b].map(thawPage))
  await Promise.all([a, b].map((device) => wasTold(device, 'pulse.late')))
  await put(a, 'awake', { kwh: 1 })
  await fieldIs(b, 'awake', 'kwh', 1)
  await converged(a, b)
  expect(await untrueWords([], a, b)).toEqual([])
  expect(await linksMade(a, b)).toBe(1)
})

test('a machine that slept for fifteen seconds blames nobody, links again and has everything', async () => {
  const [a, b] = await openWatchedPair(field)
  b.pause()
  await put(a, 'meanwhile', { kwh: 2 })
  await Promise.all([faultLasts(SLEEP_MS), hasSaid(a, 'recovering')])
  b.resume()
  await put(b, 'awake', { kwh: 3 })
  await fieldIs(b, 'meanwhile', 'kwh', 2)
  await fieldIs(a, 'awake', 'kwh', 3)
  await converged(a, b)
  expect(await untrueWords(TRUE_OF_SLEEP, a, b)).toEqual([])
  expect(await openLinks(a, b)).toEqual([1, 1])
  expect(await linksMade(a, b)).toBeLessThanOrEqual(LINKS_FOR_ONE_ABSENCE)
})

/** When an entry was written, as its author says: ms since 1970, and the counter within the millisecond. */
type Stamp = readonly [timestamp: number, counter: number]

/** Writes the record `m1`; resolves to the stamp of the entry. */
const write = ({ page }: Device, kwh: number): Promise<Stamp> =>
  page.evaluate(async (value) => {
    const entry = await window.fieldmesh?.engine.put('reading', 'm1', { kwh: value })
    return [entry?.timestamp ?? 0, entry?.counter ?? 0] as const
  }, kwh)

const inOrder = (stamps: readonly Stamp[]): Stamp[] => stamps.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])

/** The server and the link are lost for a moment: every timer that leads back must still run. */
const linkAnew = async (a: Device, b: Device) => {
  await field.killServer()
  await closeLinks(a)
  await Promise.all([a, b].map(unlinked))
  await put(a, 'apart', { kwh: 7 })
  await field.restartServer()
  await converged(a, b)
  await fieldIs(b, 'apart', 'kwh', 7)
}

describe('the wall clock jumps', () => {
  test('eight hours ahead on both, as after a night in one drawer: they link again and lose nothing', async () => {
    const [a, b] = await openWatchedPair(field, controlWallClock)
    const stamps = [await write(a, 1)]
    await Promise.all([a, b].map((device) => moveWallClock(device, 8 * HOUR_MS)))
    await Promise.all([a, b].map((device) => wasTold(device, 'page.woke')))
    stamps.push(await write(a, 2))
    await fieldIs(b, 'm1', 'kwh', 2)
    expect(await linksMade(a, b)).toBe(1)
    await linkAnew(a, b)
    stamps.push(await write(a, 3))
    await converged(a, b)
    expect(stamps).toEqual(inOrder(stamps))
    expect(await openLinks(a, b)).toEqual([1, 1])
    for (const device of [a, b]) expect(await faultsOf(device)).toEqual([])
  })

  test('two hours back on one, as a time server does: no wait gets longer, and later entries still come later', async () => {
    const [a, b] = await openWatchedPair(field, controlWallClock)
    const stamps = [await write(a, 1)]
    await moveWallClock(a, -2 * HOUR_MS)
    stamps.push(await write(a, 2))
    await fieldIs(b, 'm1', 'kwh', 2)
    await linkAnew(a, b)
    await write(b, 3)
    await fieldIs(a, 'm1', 'kwh', 3)
    stamps.push(await write(a, 4))
    await converged(a, b)
    await fieldIs(b, 'm1', 'kwh', 4)
    expect(stamps).toEqual(inOrder(stamps))
    expect(await openLinks(a, b)).toEqual([1, 1])
    expect(await linksMade(a, b)).toBeLessThanOrEqual(LINKS_FOR_ONE_ABSENCE)
    expect(new Set(await faultsOf(a))).toEqual(new Set(['clock-suspect']))
  })
})
