import { expect, test } from 'vitest'
import { readInvitation, writeInvitation } from './room-check.ts'

const SECRET = 'JxN0m3pZ_w-4Qk8sV1tY7uB2cD5eF6gH9iL0oPqRsTu'
const written = writeInvitation(SECRET)

test('an invitation gives back the secret it was written for', () => {
  expect(written).toMatch(/^[0-9a-z]{4}~/)
  for (const secret of [SECRET, 'a~b', '~', 'Zähler 7', 'x'])
    expect(readInvitation(writeInvitation(secret))).toBe(secret)
})

test('the check of a secret never changes: invitations are kept on paper', () => {
  // FNV-1a of “a” is 0xe40c292c.
  expect(writeInvitation('a')).toBe('wi7g~a')
})

test('an invitation cut off anywhere behind its check is found out', () => {
  for (let end = 5; end < written.length; end++) expect(readInvitation(written.slice(0, end))).toBeUndefined()
})

test('an invitation with any one character mistyped, lost or swapped is found out', () => {
  for (let at = 0; at < written.length; at++) {
    if (written[at] === '~') continue
    expect(readInvitation(`${written.slice(0, at)}!${written.slice(at + 1)}`)).toBeUndefined()
    expect(readInvitation(written.slice(0, at) + written.slice(at + 1))).toBeUndefined()
  }
  expect(readInvitation(written.replace('Jx', 'xJ'))).toBeUndefined()
})

test('a bare name of a room has no check and is taken as it is', () => {
  expect(readInvitation('the room')).toBe('the room')
})
