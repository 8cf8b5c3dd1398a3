import { describe } from 'vitest'
import { createWebCrypto } from '#adapters/crypto/web-crypto'
import { cryptoContract } from '#contracts/crypto/crypto-contract'
import { keep } from './support/keep.ts'

describe('the cryptography of Chromium', () => {
  keep(cryptoContract(() => createWebCrypto(), { powers: ['standard'] }))
})
