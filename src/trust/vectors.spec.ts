import { describe } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { testVectors } from './vectors.testing.ts'

describe('the published vectors, by WebCrypto in Chromium', () => {
  testVectors(createWebCrypto())
})
