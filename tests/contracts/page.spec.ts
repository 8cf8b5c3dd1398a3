import { describe } from 'vitest'
import { pageContract } from '#contracts/page/page-contract'
import { chromiumPages } from './support/chromium-pages.ts'
import { keep } from './support/keep.ts'

describe('presence in Chromium', { timeout: 60_000 }, () => {
  keep(pageContract(chromiumPages))
})
