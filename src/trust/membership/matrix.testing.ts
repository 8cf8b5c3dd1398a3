import type { Entry } from '#model/entry'
import type { Role } from './membership.types.ts'
import type { Play } from './play.testing.ts'

/** One thing that can happen in a room, and what every device must make of it, in whatever order it hears. */
export interface Row {
  readonly what: string
  /** @returns the entries to be judged, by a name each */
  readonly happens: (play: Play) => Promise<Readonly<Record<string, Entry>>>
  /** Roles when it is over; `-` for whoever is no member. */
  readonly roles: Readonly<Record<string, Role | '-'>>
  readonly verdicts: Readonly<Record<string, string>>
}

export const CAST = ['F', 'A', 'B', 'C', 'D'] as const

/** The founder, by the root, admits two admins; all know of it. */
export const opening = async (play: Play): Promise<void> => {
  await play.rootCertifies('F', 'F', { role: 'admin' })
  await play.certify('F', 'A', { role: 'admin' })
  await play.certify('F', 'B', { role: 'admin' })
  for (const each of CAST) play.tell(each, 'F')
}
