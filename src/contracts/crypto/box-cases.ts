import { insist, insistSame } from '../insist.ts'
import { type CryptoCase, hex, run, scribbleOver, someBits, spoiled, unhex, viewOf } from './crypto-case.ts'

const K16 = 'feffe9928665731c6d6a8f9467308308'
const PLAIN =
  'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39'
const ASSOCIATED = 'feedfacedeadbeeffeedfacedeadbeefabaddad2'
const CIPHER =
  '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662'

/** McGrew and Viega, “The Galois/Counter Mode of Operation”, as submitted to NIST: test cases 13, 14 and 16. */
const GCM = [
  {
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    plain: '',
    associated: '',
    box: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    plain: '00'.repeat(16),
    associated: '',
    box: 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    key: K16 + K16,
    iv: 'cafebabefacedbaddecaf888',
    plain: PLAIN,
    associated: ASSOCIATED,
    box: `${CIPHER}76fc6ece0f4e1768cddf8853bb2d551b`,
  },
]

const IV = run(3, 12)
const WORDS = run(40, 333)
const PLACE = run(90, 50)

export const boxCases: readonly CryptoCase[] = [
  {
    id: 'CRYPTO-8',
    says: 'a box is sealed as NIST’s cases for AES-256-GCM say',
    needs: 'standard',
    check: async (suite) => {
      for (const { key, iv, plain, associated, box } of GCM) {
        const sealing = await suite.sealingKey(unhex(key))
        const sealed = await sealing.seal(unhex(iv), unhex(plain), unhex(associated))
        insistSame(hex(sealed), box, 'box')
        insistSame(hex(await sealing.open(unhex(iv), unhex(box), unhex(associated))), plain, 'opened')
      }
    },
  },
  {
    id: 'CRYPTO-9',
    says: 'what was sealed comes back, of any size, and its box is 16 bytes longer',
    check: async (suite) => {
      const key = await suite.sealingKey(run(1, 32))
      for (const size of [0, 1, 31, 32, 33, 12_288]) {
        const plain = run(size, size)
        const box = await key.seal(IV, plain, PLACE)
        insistSame(box.length, size + 16, `bytes of the box of ${size}`)
        insistSame(hex(await key.open(IV, box, PLACE)), hex(plain), `${size} bytes, opened`)
      }
      const box = await key.seal(IV, WORDS, new Uint8Array())
      insistSame(hex(await key.open(IV, box, new Uint8Array())), hex(WORDS), 'opened, with nothing associated')
    },
  },
  {
    id: 'CRYPTO-10',
    says: 'a box shows nothing of what is in it, and is another one for another key or iv',
    check: async (suite) => {
      const [key, other] = [await suite.sealingKey(run(1, 32)), await suite.sealingKey(run(2, 32))]
      const plain = new Uint8Array(64).fill(65)
      const boxes = [
        await key.seal(IV, plain, PLACE),
        await other.seal(IV, plain, PLACE),
        await key.seal(run(4, 12), plain, PLACE),
      ]
      insistSame(new Set(boxes.map((box) => hex(box.subarray(0, 64)))).size, 3, 'different boxes')
      for (const box of boxes) insist(!hex(box)?.includes('41414141'), 'the box shows what is in it')
    },
  },
  {
    id: 'CRYPTO-11',
    says: 'a box opens by its key, iv and place alone, whole and unchanged; anything else is answered with undefined',
    check: async (suite) => {
      const [key, other] = [await suite.sealingKey(run(1, 32)), await suite.sealingKey(run(2, 32))]
      const box = await key.seal(IV, WORDS, PLACE)
      const refused = async (what: string, opened: Promise<Uint8Array | undefined>) =>
        insistSame(hex(await opened), undefined, what)
      await refused('another key', other.open(IV, box, PLACE))
      await refused('no place', key.open(IV, box, new Uint8Array()))
      await refused('a longer place', key.open(IV, box, Uint8Array.of(...PLACE, 0)))
      for (const bit of someBits(box)) await refused(`the box, bit ${bit}`, key.open(IV, spoiled(box, bit), PLACE))
      for (const bit of someBits(IV)) await refused(`the iv, bit ${bit}`, key.open(spoiled(IV, bit), box, PLACE))
      for (const bit of someBits(PLACE)) await refused(`the place, bit ${bit}`, key.open(IV, box, spoiled(PLACE, bit)))
      for (const length of [0, 1, 15, 16, 17, box.length - 1])
        await refused(`${length} bytes of it`, key.open(IV, box.slice(0, length), PLACE))
      await refused('a byte more', key.open(IV, Uint8Array.of(...box, 0), PLACE))
      insistSame(hex(await key.open(IV, box, PLACE)), hex(WORDS), 'the box itself, afterwards')
    },
  },
  {
    id: 'CRYPTO-12',
    says: 'what is sealed or opened is taken when the call is made, from a view its own bytes alone',
    check: async (suite) => {
      const [keyBytes, iv, words, place] = [run(1, 32), IV, WORDS, PLACE].map(viewOf) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ]
      const making = suite.sealingKey(keyBytes)
      scribbleOver(keyBytes)
      const sealing = (await making).seal(iv, words, place)
      scribbleOver(iv, words, place)
      const key = await suite.sealingKey(run(1, 32))
      const box = await sealing
      insistSame(hex(box), hex(await key.seal(IV, WORDS, PLACE)), 'box of what changed meanwhile')
      const mine = viewOf(box)
      const opening = key.open(IV, mine, PLACE)
      scribbleOver(mine)
      insistSame(hex(await opening), hex(WORDS), 'opened, of a box that changed meanwhile')
    },
  },
]
