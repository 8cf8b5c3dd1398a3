/** What names an attempt: the two devices, and the dialer's epoch, generation and count. */
export interface AttemptName {
  readonly dialer: string
  readonly answerer: string
  readonly epoch: number
  /** Which of the epoch's actors dials: a new one counts from the start again. */
  readonly generation: number
  readonly count: number
}

type Devices = Pick<AttemptName, 'dialer' | 'answerer'>
type Numbers = Omit<AttemptName, keyof Devices>

const prefixOf = ({ dialer, answerer }: Devices): string => `${dialer}.${answerer}.`

/**
 * Name of an attempt. Both devices are in it, so that the attempts of one device never share a name: the depot
 * counts by it what may rest there. With the ids that devices give themselves it has 97 characters at most.
 *
 * @example attemptName({ dialer: 'a', answerer: 'b', epoch: 1700, generation: 0, count: 3 }) // 'a.b.1700.0.3'
 */
export const attemptName = ({ epoch, generation, count, ...devices }: AttemptName): string =>
  `${prefixOf(devices)}${epoch}.${generation}.${count}`

const NUMBERS = /^(\d{1,16})\.(\d{1,16})\.(\d{1,16})$/

const numbersOf = (name: string, prefix: string): Numbers | undefined => {
  const numbers = name.startsWith(prefix) ? NUMBERS.exec(name.slice(prefix.length)) : null
  return numbers ? { epoch: Number(numbers[1]), generation: Number(numbers[2]), count: Number(numbers[3]) } : undefined
}

const isLater = (next: Numbers, last: Numbers): boolean => {
  if (next.epoch !== last.epoch) return true
  return next.generation === last.generation ? next.count > last.count : next.generation > last.generation
}

/**
 * True for the name of an attempt by that dialer after the present one: a further one of the same actor, one of a
 * later actor, or one of another epoch. Signals may come late and twice; an attempt once left never comes back.
 */
export const isLaterAttempt = (name: string, present: string, devices: Devices): boolean => {
  const prefix = prefixOf(devices)
  const next = numbersOf(name, prefix)
  const last = numbersOf(present, prefix)
  return next !== undefined && (last === undefined || isLater(next, last))
}
