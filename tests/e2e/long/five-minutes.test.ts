import { afterEach, beforeEach, expect, test } from 'vitest'
import { converged, linksMade, openLinks, wordsAbout } from '../support/company.ts'
import { faultLasts } from '../support/fault-lasts.ts'
import { type Field, fieldIs, openField, put } from '../support/field.ts'
import { TRUE_OF_SLEEP, untrueWords } from '../support/history.ts'
import { freezePage, thawPage } from '../support/lifecycle.ts'
import { openWatchedPair } from '../support/watched-pair.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the long sleep')
})
afterEach(() => field.close())

const FREEZE_MS = 300_000
/** As many attempts as the chart allows before it rests, the link before, and what a thaw may cost. */
const LINKS_IN_FIVE_MINUTES = 16
test('a page frozen for five minutes is said not to answer, is not called in a storm, and links at once when it is back', async () => {
  const [a, b] = await openWatchedPair(field)
  await put(b, 'before', { kwh: 1 })
  await freezePage(b)
  await put(a, 'early', { kwh: 2 })
  await faultLasts(FREEZE_MS)
  await put(a, 'late', { kwh: 3 })
  expect(await wordsAbout(a, b)).toMatchObject({ healthy: false })
  await thawPage(b)
  await fieldIs(b, 'early', 'kwh', 2)
  await fieldIs(b, 'late', 'kwh', 3)
  await converged(a, b)
  expect(await untrueWords(TRUE_OF_SLEEP, a, b)).toEqual([])
  expect(await openLinks(a, b)).toEqual([1, 1])
  expect(await linksMade(a, b)).toBeLessThanOrEqual(LINKS_IN_FIVE_MINUTES)
})
