import { utf8 } from '#trust/statement'
import { insist, insistSame } from '../insist.ts'
import { type CryptoCase, hex, run, scribbleOver, someBits, spoiled, unhex, viewOf } from './crypto-case.ts'

/** RFC 5869, appendix A, 1 to 3. */
const HKDF = [
  {
    input: { secret: new Uint8Array(22).fill(0x0b), salt: run(0, 13), info: run(0xf0, 10), length: 42 },
    gives: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    input: { secret: run(0, 80), salt: run(0x60, 80), info: run(0xb0, 80), length: 82 },
    gives:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    input: { secret: new Uint8Array(22).fill(0x0b), salt: new Uint8Array(), info: new Uint8Array(), length: 42 },
    gives: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
] as const

/** RFC 7914, section 11, the first 32 bytes of each. */
const PBKDF2 = [
  ['passwd', 'salt', 1, '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc'],
  ['Password', 'NaCl', 80_000, '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56'],
] as const

/** RFC 4231, test 2; HMAC fills a short key up with zeros by itself. */
const MAC_KEY = new Uint8Array(32)
MAC_KEY.set(utf8('Jefe'))
const MAC_OF = utf8('what do ya want for nothing?')
const MAC = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'

export const derivingCases: readonly CryptoCase[] = [
  {
    id: 'CRYPTO-1',
    says: 'random bytes are as many as asked for, and never the same',
    check: async ({ randomBytes }) => {
      for (const length of [0, 1, 16, 32, 1_000]) insistSame(randomBytes(length).length, length, 'bytes')
      const drawn = Array.from({ length: 50 }, () => hex(randomBytes(16)))
      insistSame(new Set(drawn).size, drawn.length, 'different draws of 16 bytes')
    },
  },
  {
    id: 'CRYPTO-2',
    says: 'HKDF gives what RFC 5869 says',
    check: async (suite) => {
      for (const { input, gives } of HKDF) insistSame(hex(await suite.hkdf(input)), gives, 'derived bytes')
    },
  },
  {
    id: 'CRYPTO-3',
    says: 'HMAC gives what RFC 4231 says',
    check: async (suite) => {
      const key = await suite.macKey(MAC_KEY)
      insistSame(hex(await key.mac(MAC_OF)), MAC, 'mac')
      insist(await key.verify(unhex(MAC), MAC_OF), 'its own mac is refused')
    },
  },
  {
    id: 'CRYPTO-4',
    says: 'a mac holds for its key and message alone, bit for bit',
    check: async (suite) => {
      const [key, other] = [await suite.macKey(run(1, 32)), await suite.macKey(run(2, 32))]
      const mac = await key.mac(MAC_OF)
      insist(!(await other.verify(mac, MAC_OF)), 'it holds for another key')
      for (const bit of someBits(MAC_OF)) insist(!(await key.verify(mac, spoiled(MAC_OF, bit))), `message, bit ${bit}`)
      for (const bit of someBits(mac)) insist(!(await key.verify(spoiled(mac, bit), MAC_OF)), `mac, bit ${bit}`)
      for (const length of [0, 1, 16, 31])
        insist(!(await key.verify(mac.slice(0, length), MAC_OF)), `${length} bytes of it`)
      insist(!(await key.verify(Uint8Array.of(...mac, 0), MAC_OF)), 'a byte more')
    },
  },
  {
    id: 'CRYPTO-5',
    says: 'words are stretched as RFC 7914 says of PBKDF2',
    needs: 'standard',
    check: async (suite) => {
      for (const [words, salt, rounds, gives] of PBKDF2)
        insistSame(hex(await suite.stretch({ words: utf8(words), salt: utf8(salt), rounds })), gives, words)
    },
  },
  {
    id: 'CRYPTO-6',
    says: 'words are stretched to 32 bytes: the same for the same, others for other words or another salt',
    check: async (suite) => {
      const given = [
        ['house', 'a'],
        ['house', 'a'],
        ['house ', 'a'],
        ['house', 'b'],
        ['', 'a'],
      ] as const
      const all = await Promise.all(
        given.map(([words, salt]) => suite.stretch({ words: utf8(words), salt: utf8(salt), rounds: 2 })),
      )
      insistSame(
        all.map(({ length }) => length),
        [32, 32, 32, 32, 32],
        'bytes',
      )
      insistSame(hex(all[1]), hex(all[0]), 'the same words again')
      insistSame(new Set(all.map(hex)).size, 4, 'different results')
    },
  },
  {
    id: 'CRYPTO-7',
    says: 'what is derived or authenticated is taken when the call is made, from a view its own bytes alone',
    check: async (suite) => {
      const [{ input, gives }] = HKDF
      const mine = { ...input, secret: viewOf(input.secret), salt: viewOf(input.salt), info: viewOf(input.info) }
      const derived = suite.hkdf(mine)
      scribbleOver(mine.secret, mine.salt, mine.info)
      insistSame(hex(await derived), gives, 'derived from views that change')
      const [keyBytes, message] = [viewOf(MAC_KEY), viewOf(MAC_OF)]
      const made = suite.macKey(keyBytes)
      scribbleOver(keyBytes)
      const mac = (await made).mac(message)
      scribbleOver(message)
      insistSame(hex(await mac), MAC, 'mac of a view that changes, by a key that changes')
    },
  },
]
