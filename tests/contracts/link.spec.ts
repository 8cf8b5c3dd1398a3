import { describe } from 'vitest'
import { linkContract } from '#contracts/link/link-contract'
import { chromiumLinks } from './support/chromium-links.ts'
import { keep } from './support/keep.ts'

describe('links of Chromium', { timeout: 60_000 }, () => {
  keep(linkContract(chromiumLinks))
})
