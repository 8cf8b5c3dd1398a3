import { expect, test } from 'vitest'
import type { SyncEngine } from '#engine/types'
import { FieldmeshError } from '#model/fault'
import { actAsFounder } from './act-as-founder.ts'

/** Two engines over one store: of which only one may be open, and only the one with the right key signs. */
const stage = (rightKey: string) => {
  const told: string[] = []
  let open: string | undefined
  let isAdmin = false
  const engine = (name: string, onStart: () => void): SyncEngine => {
    const parts = {
      start: async () => {
        if (open) throw new Error(`${open} is open`)
        open = name
        told.push(`${name} starts`)
        onStart()
      },
      stop: async () => {
        if (open === name) open = undefined
        told.push(`${name} stops`)
      },
      members: {
        get mayDecide() {
          return isAdmin && open === name
        },
      },
    }
    return parts as unknown as SyncEngine
  }
  const usual = engine('usual', () => {})
  const make = (founder: string) => {
    if (founder.length !== rightKey.length) throw new FieldmeshError('room-invalid')
    return engine('founding', () => {
      if (founder === 'broken') throw new FieldmeshError('storage-failed')
      isAdmin = founder === rightKey
    })
  }
  return { usual, make, told }
}

test('the founder’s key makes this device an admin, and the usual engine runs again', async () => {
  const { usual, make, told } = stage('rightK')
  await usual.start()
  expect(await actAsFounder(usual, 'rightK', make)).toBe(true)
  expect(told).toEqual(['usual starts', 'usual stops', 'founding starts', 'founding stops', 'usual starts'])
})

test('the key of another room makes nobody an admin', async () => {
  const { usual, make } = stage('rightK')
  await usual.start()
  expect(await actAsFounder(usual, 'wrongK', make)).toBe(false)
})

test('what is no key at all does not even pause the usual engine', async () => {
  const { usual, make, told } = stage('rightK')
  await usual.start()
  await expect(actAsFounder(usual, 'no', make)).rejects.toMatchObject({ code: 'room-invalid' })
  expect(told).toEqual(['usual starts'])
})

test('a store that does not open is told, and the usual engine runs again', async () => {
  const { usual, make, told } = stage('rightK')
  await usual.start()
  await expect(actAsFounder(usual, 'broken', make)).rejects.toMatchObject({ code: 'storage-failed' })
  expect(told.at(-1)).toBe('usual starts')
})
