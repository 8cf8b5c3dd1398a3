import type { DeviceKey } from '#trust/crypto.types'
import { insist, insistSame, present } from '../insist.ts'
import type { KeysPower, KeysUnderTest } from './keys-contract.ts'

interface KeysCase {
  readonly id: string
  readonly says: string
  readonly needs?: KeysPower
  readonly check: (place: KeysUnderTest) => Promise<void>
}

const STORE = 'default.PsG9DmC_Q8bLMwRtSeFxMA'
const WORDS = Uint8Array.from({ length: 100 }, (_, i) => i)
/** Names that a careless home takes for paths, patterns, or for one another. */
const NAMES = [
  'a',
  'A',
  'a.b',
  'a/b',
  '../a',
  'a\\b',
  '..',
  '.',
  '',
  'a ',
  'a%2Fb',
  '__proto__',
  '\u00e9',
  'e\u0301',
  'x'.repeat(200),
]

const textOf = (key: DeviceKey | undefined): string | undefined => key && [...key.publicKey].join(',')

/** It works: what it signs holds for it. */
const insistWorks = async ({ suite }: KeysUnderTest, key: DeviceKey, what: string): Promise<void> => {
  const signature = await key.sign(WORDS)
  insistSame([key.publicKey.length, signature.length], [32, 64], `bytes of ${what} and its signature`)
  insist(await suite.verify(key.publicKey, signature, WORDS), `${what}: what it signs does not hold`)
  insist(!(await suite.verify(key.publicKey, signature, WORDS.slice(1))), `${what}: what it signs holds for anything`)
}

const insistFound = async (place: KeysUnderTest, store: string, key: DeviceKey, when: string): Promise<void> => {
  const found = present(await (await place.open()).find(store), `the key of “${store}” ${when}`)
  insistSame(textOf(found), textOf(key), `public key of “${store}” ${when}`)
  insistSame(found.keeping, key.keeping, `how it is kept ${when}`)
  await insistWorks(place, found, `the key of “${store}” ${when}`)
}

export const keysCases: readonly KeysCase[] = [
  {
    id: 'KEYS-1',
    says: 'where none was made there is none',
    check: async (place) => {
      const keys = await place.open()
      insistSame(textOf(await keys.find(STORE)), undefined, 'key of an empty place')
      await keys.create('another store')
      insistSame(textOf(await keys.find(STORE)), undefined, 'key beside that of another store')
    },
  },
  {
    id: 'KEYS-2',
    says: 'a new key signs, is found again, and says how well it is kept',
    check: async (place) => {
      const keys = await place.open()
      const key = await keys.create(STORE)
      insistSame(key.keeping, place.keeping, 'how it is kept')
      await insistWorks(place, key, 'a new key')
      const found = present(await keys.find(STORE), 'the new key')
      insistSame([textOf(found), found.keeping], [textOf(key), key.keeping], 'the key that is found')
      await insistWorks(place, found, 'the key that is found')
    },
  },
  {
    id: 'KEYS-3',
    says: 'each new key is another one, and takes the place of the one before',
    check: async (place) => {
      const keys = await place.open()
      const [first, second] = [await keys.create(STORE), await keys.create(STORE)]
      insist(textOf(first) !== textOf(second), 'the same key was made twice')
      insistSame(textOf(await keys.find(STORE)), textOf(second), 'the key that is found')
    },
  },
  {
    id: 'KEYS-4',
    says: 'every store has a key of its own, whatever its name',
    check: async (place) => {
      const keys = await place.open()
      const made = new Map<string, string | undefined>()
      for (const name of NAMES) made.set(name, textOf(await keys.create(name)))
      insistSame(new Set(made.values()).size, new Set(NAMES).size, 'different keys')
      for (const [name, key] of made) insistSame(textOf(await keys.find(name)), key, `key of “${name}”`)
    },
  },
  {
    id: 'KEYS-5',
    says: 'a key can be used and not be read',
    check: async (place) => {
      const keys = await place.open()
      for (const key of [await keys.create(STORE), await keys.find(STORE)])
        insistSame(Object.keys(key ?? {}).toSorted(), ['keeping', 'publicKey', 'sign'], 'a key has')
    },
  },
  {
    id: 'KEYS-6',
    says: 'what is signed is taken when the call is made',
    check: async (place) => {
      const key = await (await place.open()).create(STORE)
      const mine = WORDS.slice()
      const signing = key.sign(mine)
      mine.fill(0xee)
      insist(await place.suite.verify(key.publicKey, await signing, WORDS), 'its bytes were looked at later')
    },
  },
  {
    id: 'KEYS-7',
    says: 'keys that are made at once are whole: one of them is found',
    check: async (place) => {
      const keys = await place.open()
      const made = await Promise.all(Array.from({ length: 4 }, () => keys.create(STORE)))
      const found = present(await keys.find(STORE), 'the key')
      insist(made.map(textOf).includes(textOf(found)), 'a key is found that nobody was given')
      await insistWorks(place, found, 'the key that is found')
    },
  },
  {
    id: 'KEYS-8',
    says: 'a key outlives a restart, once it was given',
    needs: 'keeps',
    check: async (place) => {
      const [key, other] = [await (await place.open()).create(STORE), await (await place.open()).create('other')]
      await insistFound(place, STORE, key, 'after a restart')
      await insistFound(place, 'other', other, 'after a restart')
      const next = await (await place.open()).create(STORE)
      await insistFound(place, STORE, next, 'made after a restart')
      await insistFound(place, 'other', other, 'after another was replaced')
    },
  },
  {
    id: 'KEYS-9',
    says: 'a damaged key is none, and a new one can be made in its place',
    needs: 'damage',
    check: async (place) => {
      const keys = await place.open()
      const [key, other] = [await keys.create(STORE), await keys.create('other')]
      await place.damage?.(STORE)
      insistSame(textOf(await (await place.open()).find(STORE)), undefined, 'key that was damaged')
      await insistFound(place, 'other', other, 'beside a damaged one')
      const fresh = await (await place.open()).create(STORE)
      insist(textOf(fresh) !== textOf(key), 'the damaged key was made again')
      await insistFound(place, STORE, fresh, 'made in the place of a damaged one')
    },
  },
  {
    id: 'KEYS-10',
    says: 'where everything was deleted there is no key, and one can be made',
    needs: 'wipe',
    check: async (place) => {
      const key = await (await place.open()).create(STORE)
      await place.wipe?.()
      insistSame(textOf(await (await place.open()).find(STORE)), undefined, 'key after everything was deleted')
      const fresh = await (await place.open()).create(STORE)
      insist(textOf(fresh) !== textOf(key), 'the deleted key was made again')
      await insistFound(place, STORE, fresh, 'made after everything was deleted')
    },
  },
]
