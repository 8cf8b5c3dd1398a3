import { afterEach, beforeEach, expect, test } from 'vitest'
import { linksMade, openLinks, wordsAbout } from '../support/company.ts'
import { editApart, editsMet } from '../support/edits-apart.ts'
import { faultLasts } from '../support/fault-lasts.ts'
import { type Field, openField } from '../support/field.ts'
import { TRUE_OF_A_CUT, untrueWords } from '../support/history.ts'
import { controlNetwork, cutNetwork, healNetwork } from '../support/network.ts'
import { openWatchedPair } from '../support/watched-pair.ts'

let field: Field
beforeEach(async () => {
  field = await openField('the room of the long cut')
})
afterEach(() => field.close())

const CUT_MS = 40_000
/** The first link, and attempts of 8 to 15 s with pauses between: more would be a storm. */
const LINKS_IN_A_LONG_CUT = 7

test.each(['links', 'everything'] as const)(
  'a network cut for 40 seconds (%s): true words meanwhile, then one clean link, and both have everything',
  async (cut) => {
    const [a, b] = await openWatchedPair(field, controlNetwork)
    await cutNetwork(a, cut)
    await editApart(a, b)
    await faultLasts(CUT_MS)
    for (const words of [await wordsAbout(a, b), await wordsAbout(b, a)]) {
      expect(words).toMatchObject({ healthy: false, fault: expect.stringMatching(/^link-/) })
    }
    await healNetwork(a)
    await editsMet(a, b)
    expect(await untrueWords(TRUE_OF_A_CUT, a, b)).toEqual([])
    expect(await openLinks(a, b)).toEqual([1, 1])
    expect(await linksMade(a, b)).toBeLessThanOrEqual(LINKS_IN_A_LONG_CUT)
  },
)
