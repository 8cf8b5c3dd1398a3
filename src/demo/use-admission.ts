import { useMemo } from 'react'
import { type FieldmeshError, toFieldmeshError } from '#model/fault'
import { useMembers } from '#react/index'
import type { Admission } from '#trust/membership/describe-admission'
import type { Role } from '#trust/membership/membership.types'
import { shortId } from './words.ts'

/** What would be signed, and what speaks against it. */
interface Asked {
  /** Under the device's id where the name is not fit yet: digits, role and time are shown all the same. */
  readonly admission?: Admission
  readonly badName?: string
  /** What no other name would help against. */
  readonly refusal?: FieldmeshError
}

/** What `admit` would sign for a device, before anybody confirms it. */
export const useAdmission = (peerId: string, role: Role, name: string): Asked => {
  const { describe } = useMembers()
  return useMemo(() => {
    const attempt = (called: string): Admission | FieldmeshError => {
      try {
        return describe(peerId, { role, name: called })
      } catch (error) {
        return toFieldmeshError(error)
      }
    }
    const wanted = attempt(name.trim())
    if (!(wanted instanceof Error)) return { admission: wanted }
    if (wanted.code !== 'options-invalid') return { refusal: wanted }
    const nameless = attempt(shortId(peerId))
    if (nameless instanceof Error) return { refusal: nameless }
    return { admission: nameless, badName: nameProblem(name) }
  }, [describe, peerId, role, name])
}

const nameProblem = (name: string): string =>
  name.trim() === '' ? 'Give the device a name.' : 'A name has 1 to 64 characters, and all of them can be seen.'
