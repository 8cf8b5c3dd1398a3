import { insist, insistSame } from '../insist.ts'
import { type CryptoCase, hex, run, scribbleOver, someBits, spoiled, unhex, viewOf } from './crypto-case.ts'

/** RFC 8032, 7.1, tests 1 to 3. */
const ED25519 = [
  {
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
]

/** The order of the base point, little-endian. */
const ORDER = unhex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')

/** Keys of small order (Chalkias et al., “Taming the many EdDSAs”, 2020), by every name: one signature fits many messages. */
const SMALL = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
]

/** By the key of RFC 8032’s test 1, made so that its first half is of small order: some platforms take it. */
const ODD = {
  publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  message: 'af82',
  signature:
    '0100000000000000000000000000000000000000000000000000000000000000659069bb651cbcb260da2fca54a1ab47e41a7be3917dd1d9e1816df6aba8a70f',
}

const WORDS = run(9, 200)

/** A signature of the same bytes by the same key that its owner never made: S and the order, added. */
const malleated = (signature: Uint8Array): Uint8Array => {
  const other = signature.slice()
  let carry = 0
  for (let i = 0; i < 32; i++) {
    const sum = (signature[32 + i] ?? 0) + (ORDER[i] ?? 0) + carry
    other[32 + i] = sum & 255
    carry = sum >> 8
  }
  return other
}

const fromSmall = (point: string, message: number): readonly [Uint8Array, Uint8Array, Uint8Array] => [
  unhex(point),
  Uint8Array.of(...unhex(point), ...new Uint8Array(32)),
  Uint8Array.of(message),
]

export const signingCases: readonly CryptoCase[] = [
  {
    id: 'CRYPTO-13',
    says: 'keys and signatures are those of RFC 8032 for Ed25519',
    needs: 'standard',
    check: async (suite) => {
      for (const { seed, publicKey, message, signature } of ED25519) {
        const signer = await suite.signerOf(unhex(seed))
        insistSame(hex(signer.publicKey), publicKey, 'public key')
        insistSame(hex(await signer.sign(unhex(message))), signature, 'signature')
        insist(await suite.verify(unhex(publicKey), unhex(signature), unhex(message)), 'it is refused')
      }
    },
  },
  {
    id: 'CRYPTO-14',
    says: 'a seed gives one key, of 32 bytes, and a message one signature, of 64, that verifies',
    check: async (suite) => {
      const [one, same, other] = await Promise.all([1, 1, 2].map((first) => suite.signerOf(run(first, 32))))
      insist(one !== undefined && same !== undefined && other !== undefined, 'three signers')
      insistSame(hex(same.publicKey), hex(one.publicKey), 'key of the same seed')
      insist(hex(other.publicKey) !== hex(one.publicKey), 'two seeds have one key')
      for (const message of [new Uint8Array(), WORDS, run(0, 20_000)]) {
        const signature = await one.sign(message)
        insistSame([one.publicKey.length, signature.length], [32, 64], 'bytes of key and signature')
        insistSame(hex(await same.sign(message)), hex(signature), 'signature by the same seed')
        insist(await suite.verify(one.publicKey, signature, message), 'its own signature is refused')
        insist(!(await suite.verify(other.publicKey, signature, message)), 'it holds for another key')
      }
    },
  },
  {
    id: 'CRYPTO-15',
    says: 'a signature holds for its key and message alone, bit for bit',
    check: async (suite) => {
      const { publicKey, sign } = await suite.signerOf(run(1, 32))
      const signature = await sign(WORDS)
      for (const bit of someBits(signature))
        insist(!(await suite.verify(publicKey, spoiled(signature, bit), WORDS)), `signature, bit ${bit}`)
      for (const bit of someBits(WORDS))
        insist(!(await suite.verify(publicKey, signature, spoiled(WORDS, bit))), `message, bit ${bit}`)
      for (const bit of someBits(publicKey))
        insist(!(await suite.verify(spoiled(publicKey, bit), signature, WORDS)), `key, bit ${bit}`)
    },
  },
  {
    id: 'CRYPTO-16',
    says: 'what is no key or no signature at all is answered with false',
    check: async (suite) => {
      const { publicKey, sign } = await suite.signerOf(run(1, 32))
      const signature = await sign(WORDS)
      for (const length of [0, 1, 31, 33, 64])
        insist(!(await suite.verify(new Uint8Array(length).fill(7), signature, WORDS)), `a key of ${length} bytes`)
      for (const length of [0, 1, 63, 65, 128])
        insist(
          !(await suite.verify(publicKey, new Uint8Array(length).fill(7), WORDS)),
          `a signature of ${length} bytes`,
        )
      for (const fill of [0, 2, 255])
        insist(!(await suite.verify(new Uint8Array(32).fill(fill), signature, WORDS)), `a key of bytes ${fill}`)
    },
  },
  {
    id: 'CRYPTO-17',
    says: 'nobody makes a second signature from a first, nor one that fits many messages or some platforms alone',
    needs: 'standard',
    check: async (suite) => {
      const { publicKey, sign } = await suite.signerOf(run(1, 32))
      insist(!(await suite.verify(publicKey, malleated(await sign(WORDS)), WORDS)), 'S and the order, added')
      const { publicKey: of, message: said, signature: odd } = ODD
      insist(!(await suite.verify(unhex(of), unhex(odd), unhex(said))), 'a signature that begins with small order')
      // Each fits one message in eight at least, so of so many at least one.
      for (const point of SMALL)
        for (let message = 0; message < 64; message++)
          insist(!(await suite.verify(...fromSmall(point, message))), `a key of small order: ${point}`)
    },
  },
  {
    id: 'CRYPTO-18',
    says: 'what is signed or verified is taken when the call is made, from a view its own bytes alone',
    check: async (suite) => {
      const [seed, words] = [viewOf(run(1, 32)), viewOf(WORDS)]
      const making = suite.signerOf(seed)
      scribbleOver(seed)
      const signer = await making
      const signing = signer.sign(words)
      scribbleOver(words)
      const signature = await signing
      const given = [signer.publicKey, signature, WORDS].map(viewOf) as [Uint8Array, Uint8Array, Uint8Array]
      const verified = suite.verify(...given)
      scribbleOver(...given)
      insist(await verified, 'it is refused, or its bytes were looked at later')
      insistSame(hex(signer.publicKey), hex((await suite.signerOf(run(1, 32))).publicKey), 'key of a seed that changed')
    },
  },
  {
    id: 'CRYPTO-19',
    says: 'keys can be used and not be read',
    check: async (suite) => {
      const secret = run(1, 32)
      const [signer, mac, sealing] = [
        await suite.signerOf(secret),
        await suite.macKey(secret),
        await suite.sealingKey(secret),
      ]
      insistSame(Object.keys(signer).toSorted(), ['publicKey', 'sign'], 'a signer has')
      insistSame(Object.keys(mac).toSorted(), ['mac', 'verify'], 'a mac key has')
      insistSame(Object.keys(sealing).toSorted(), ['open', 'seal'], 'a sealing key has')
    },
  },
]
