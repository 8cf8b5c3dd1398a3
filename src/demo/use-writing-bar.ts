import { useMembers } from '#react/index'
import { writingBar } from './member-words.ts'
import { useNow } from './use-now.ts'

/** Why nothing can be written on this device, in words; undefined where it may write. */
export const useWritingBar = (): string | undefined => {
  // An admission ends by the clock alone.
  useNow()
  return writingBar(useMembers().self)
}
