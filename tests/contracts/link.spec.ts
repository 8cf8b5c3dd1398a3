import { describe } from 'vitest'
import { linkContract } from '#contracts/link/link-contract'
import { chromiumLinks, cuttableLinks } from './support/chromium-links.ts'
import { keep } from './support/keep.ts'

const cases = linkContract(chromiumLinks)

describe('links of Chromium', { timeout: 60_000 }, () => {
  keep(cases)
})

describe('links of Chromium whose network can be cut', { timeout: 90_000 }, () => {
  const known = new Set(cases.map(({ id }) => id))
  keep(linkContract(cuttableLinks).filter(({ id }) => !known.has(id)))
})
