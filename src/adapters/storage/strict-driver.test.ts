import 'fake-indexeddb/auto'
import localforage from 'localforage'
import { beforeEach, describe, expect, test } from 'vitest'
import { defineStrictDriver, STRICT_DRIVER } from './strict-driver.ts'

let stores = 0
let forage: LocalForage

beforeEach(async () => {
  await defineStrictDriver()
  forage = localforage.createInstance({ name: `store-${++stores}`, storeName: 'kept', driver: STRICT_DRIVER })
  await forage.ready()
})

describe('the strict driver keeps the contract of a localForage driver', () => {
  test('it is the one in use', () => {
    expect(forage.driver()).toBe(STRICT_DRIVER)
  })

  test('values are set, found, counted and removed', async () => {
    expect(await forage.setItem('b', { n: 1 })).toEqual({ n: 1 })
    await forage.setItem('a', 2)
    expect([await forage.getItem('b'), await forage.getItem('a'), await forage.length()]).toEqual([{ n: 1 }, 2, 2])
    expect([await forage.keys(), await forage.key(1), await forage.key(2)]).toEqual([['a', 'b'], 'b', null])
    await forage.removeItem('b')
    expect([await forage.getItem('b'), await forage.length()]).toEqual([null, 1])
    await forage.clear()
    expect(await forage.length()).toBe(0)
  })

  test('undefined is kept as null, as localForage does', async () => {
    await forage.setItem('a', undefined)
    expect([await forage.getItem('a'), await forage.keys()]).toEqual([null, ['a']])
  })

  test('iteration goes by key, numbers from 1, and ends with the first result', async () => {
    for (const key of ['c', 'a', 'b']) await forage.setItem(key, key.toUpperCase())
    const seen: unknown[] = []
    const all = await forage.iterate((value, key, number) => {
      seen.push([value, key, number])
    })
    expect(all).toBeUndefined()
    expect(seen).toEqual([
      ['A', 'a', 1],
      ['B', 'b', 2],
      ['C', 'c', 3],
    ])
    expect(await forage.iterate((_, key) => (key === 'b' ? 'stop' : undefined))).toBe('stop')
  })

  test('callbacks are called too, with the value or the error', async () => {
    const value = await new Promise((resolve) => {
      forage.setItem('a', 1, (error, stored) => resolve([error, stored])).catch(resolve)
    })
    expect(value).toEqual([null, 1])
    const error = await new Promise((resolve) => {
      forage.setItem('a', () => {}, resolve).catch(() => {})
    })
    expect(error).toMatchObject({ name: 'FieldmeshError', code: 'storage-failed' })
  })

  test('stores of other names are apart', async () => {
    const other = localforage.createInstance({ name: `store-${++stores}`, storeName: 'kept', driver: STRICT_DRIVER })
    await forage.setItem('a', 1)
    expect(await other.getItem('a')).toBeNull()
  })
})
