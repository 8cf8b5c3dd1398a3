import { expect, test } from 'vitest'
import type { MemberView } from '#engine/members.types'
import { keyFile } from './key-file.ts'
import {
  admittedWords,
  isAdmittable,
  isLessThan,
  isRemovable,
  POLICY_WORDS,
  quarantinedWords,
  spokenDigits,
  standingWords,
  writingBar,
} from './member-words.ts'

const NOON = Date.UTC(2026, 8, 1, 12)
const DAY_MS = 86_400_000
const member = (more: Partial<MemberView> = {}): MemberView => ({
  peerId: 'p',
  name: '',
  standing: 'member',
  role: 'member',
  isSelf: false,
  quarantined: 0,
  ...more,
})

test('an admission is told with its last day, soon with the days that are left, and at its end as over', () => {
  expect(admittedWords(NOON + 90 * DAY_MS, NOON)).toBe('Admitted until November 30, 2026')
  expect(admittedWords(NOON + 14 * DAY_MS, NOON)).toBe('Admitted until September 15, 2026: 14 days left')
  expect(admittedWords(NOON + 1, NOON)).toBe('Admitted until September 1, 2026: 1 day left')
  expect(admittedWords(NOON, NOON)).toBe('Admitted until September 1, 2026; that is over')
})

test('a standing that goes without saying is not said', () => {
  expect(standingWords(member(), 'certified')?.text).toBe('Member')
  expect(standingWords(member({ role: 'admin' }), 'tofu')).toBeUndefined()
  expect(standingWords(member(), 'secret-only')).toBeUndefined()
  for (const standing of ['waiting', 'expired', 'removed'] as const)
    expect(standingWords(member({ standing }), 'certified')).toBeDefined()
})

test('entries that count nowhere are told with the reason', () => {
  expect(quarantinedWords(member())).toBeUndefined()
  expect(quarantinedWords(member({ quarantined: 1, standing: 'removed' }))).toMatch(/^1 entry .*after its removal/)
  expect(quarantinedWords(member({ quarantined: 2, role: 'reader' }))).toMatch(/^2 entries .*without being allowed/)
})

test('digits are said one by one', () => {
  expect(spokenDigits('84230 68')).toBe('8 4 2 3 0, 6 8')
})

test('who decides removes anybody but those removed, and those that the founder’s key admitted', () => {
  expect(isRemovable(member(), 'certified', true)).toBe(true)
  expect(isRemovable(member(), 'tofu', true)).toBe(true)
  expect(isRemovable(member({ isSelf: true }), 'tofu', true)).toBe(true)
  expect(isRemovable(member({ standing: 'waiting' }), 'certified', true)).toBe(true)
  expect(isRemovable(member(), 'certified', false)).toBe(false)
  expect(isRemovable(member(), 'secret-only', true)).toBe(false)
  expect(isRemovable(member({ standing: 'removed' }), 'tofu', true)).toBe(false)
  expect(isRemovable(member({ by: 'root' }), 'certified', true)).toBe(false)
})

test('who decides admits others, and never itself', () => {
  expect(isAdmittable(member({ standing: 'waiting' }), 'certified', true)).toBe(true)
  expect(isAdmittable(member({ standing: 'expired' }), 'certified', true)).toBe(true)
  expect(isAdmittable(member(), 'certified', false)).toBe(false)
  expect(isAdmittable(member(), 'tofu', true)).toBe(false)
  expect(isAdmittable(member({ isSelf: true }), 'certified', true)).toBe(false)
  expect(isAdmittable(member({ standing: 'removed' }), 'certified', true)).toBe(false)
})

test('roles are told from the least to the most', () => {
  expect(isLessThan('reader', 'member')).toBe(true)
  expect(isLessThan('member', 'admin')).toBe(true)
  expect(isLessThan('admin', 'admin')).toBe(false)
  expect(isLessThan('admin', 'reader')).toBe(false)
  expect(isLessThan('reader', undefined)).toBe(false)
})

test('a device may write unless the room says otherwise', () => {
  expect(writingBar(undefined)).toBeUndefined()
  expect(writingBar(member())).toBeUndefined()
  expect(writingBar(member({ role: 'reader' }))).toMatch(/write nothing/)
  for (const standing of ['waiting', 'expired', 'removed'] as const)
    expect(writingBar(member({ standing }))).toMatch(/nothing can be written/)
})

test('every rule of who may join has its words, the usual one first', () => {
  expect(POLICY_WORDS.map(({ policy }) => policy)).toEqual(['secret-only', 'tofu', 'certified'])
})

test('the file of the founder’s key says what it is, and its name fits any disk', async () => {
  const file = keyFile('THE-KEY', 'a/b~c_-42')
  expect(file.name).toBe('founders-key-abc_.txt')
  expect(await file.text()).toMatch(/^Founder’s key[\s\S]*\nTHE-KEY\n[\s\S]*a\/b~c_-42[\s\S]*can make anybody an admin/)
})
