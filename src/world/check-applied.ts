import type { Dot } from '#model/entry'
import { type Chronicle, isOwn, readOn, type Shelf, shelfOf } from './check-chronicle.ts'
import { placeOf } from './check-disk.ts'
import { brief } from './check-words.ts'
import type { WorldDevice } from './types.ts'

/** Entries became visible on a device: in their order, once, durable by now, and as their author wrote them. */
export const checkApplied = (chronicle: Chronicle, device: WorldDevice, dots: readonly Dot[]): void => {
  const shelf = shelfOf(chronicle, device)
  if (shelf.engine !== device.engine) Object.assign(shelf, { engine: device.engine, last: new Map() })
  const firsts = dots.filter((dot) => noteApplied(chronicle, shelf, dot))
  readOn(chronicle, device, () => {
    for (const dot of dots) checkDurable(chronicle, shelf, dot)
    for (const dot of firsts) checkGoesOn(chronicle, shelf, dot)
  })
}

/** WORLD-8 within a life; true for the first entry of its author in this life. */
const noteApplied = ({ findings }: Chronicle, shelf: Shelf, { peerId, seq }: Dot): boolean => {
  const { device, applied, last } = shelf
  const place = placeOf(peerId, seq)
  const before = last.get(peerId)
  if (applied.has(place)) findings.add('WORLD-8', `${device.name} applied ${place} twice`)
  else if (before !== undefined && seq !== before + 1)
    findings.add('WORLD-8', `${device.name} applied ${place} next after ${placeOf(peerId, before)}`)
  applied.add(place)
  last.set(peerId, seq)
  return before === undefined
}

/** WORLD-8 from one life to the next. */
const checkGoesOn = ({ findings }: Chronicle, { device, reach }: Shelf, { peerId, seq }: Dot): void => {
  const held = reach.get(peerId) ?? 0
  if (held < seq)
    findings.add(
      'WORLD-8',
      `${device.name} applied ${placeOf(peerId, seq)}, and its disk goes to ${placeOf(peerId, held)}`,
    )
}

/** WORLD-6 and WORLD-4. */
const checkDurable = ({ findings, born, world }: Chronicle, { device, held }: Shelf, { peerId, seq }: Dot): void => {
  const place = placeOf(peerId, seq)
  const stored = held.get(place)
  if (!stored) findings.add('WORLD-6', `${device.name} shows ${place} at ${world.now()} ms, and it is not on its disk`)
  else if (!isOwn(device, peerId) && !born.get(place)?.has(stored.text))
    findings.add('WORLD-4', `${device.name} has ${place} before its author had it durably: ${brief(stored.text)}`)
}
