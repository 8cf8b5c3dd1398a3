import { code } from './markdown.ts'
import type { Subject } from './subject.ts'

/** Events are called after who speaks or who is spoken to; where that is not the name of a seat, it is here. */
const SEATS: Readonly<Record<string, string>> = {
  link: 'transport',
  page: 'presence',
  network: 'presence',
  storage: 'storageHealth',
}

const seatsOf = ({ states }: Subject): Set<string> =>
  new Set(states.flatMap(({ children }) => children.flatMap(({ id, src }) => [id, src])))

const parentOf = ({ model }: Subject): string => (model.id === 'sync-engine' ? 'the application' : 'its parent')

/** Who says an event to a machine. */
export const speakerOf = (subject: Subject, event: string): string => {
  const [prefix = ''] = event.split('.')
  if (prefix === 'xstate') return 'XState, when the child ends'
  const seat = SEATS[prefix] ?? prefix
  if (seatsOf(subject).has(seat)) return `its child ${code(seat)}`
  return SEATS[prefix] === undefined ? parentOf(subject) : `${code(seat)}, passed on by its parent`
}
