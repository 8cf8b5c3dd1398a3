import { describe, expect, it } from 'vitest'
import { canonical } from './canonical.ts'
import type { Entry } from './entry.ts'
import { ParsedEntries } from './parsed-entries.ts'
import { createReplica } from './replica.ts'
import { entryOf, logOf } from './replica.testing.ts'

const parsed = (...bodies: string[]): ParsedEntries => {
  const entries = new ParsedEntries()
  for (const body of bodies) entries.read(body)
  return entries
}
const forged = { ...entryOf('ana', 1), timestamp: Number.NaN }
const refusalsOf = (entries: Iterable<unknown>) => createReplica({ peerId: 'ben' }).plan(entries).refused

describe('entries that were parsed here', () => {
  it('are merged as those that are checked by the merge', () => {
    const log = logOf('ana', 20)
    const [checked, trusted] = [createReplica({ peerId: 'ben' }), createReplica({ peerId: 'ben' })]
    checked.commit(checked.plan(log))
    trusted.commit(trusted.plan(parsed(...log.map(canonical))))
    expect(trusted.since(createReplica({ peerId: 'cy' }).versionVector())).toEqual(log)
    expect(trusted.records('reading')).toEqual(checked.records('reading'))
  })

  it('are in the list alone: what is refused is not', () => {
    const entries = new ParsedEntries()
    expect(entries.read(canonical(forged))).toBe('entry-malformed')
    expect([...entries]).toEqual([])
  })

  it('go through the gate and past the forks as all others', () => {
    const replica = createReplica({ peerId: 'ben' })
    replica.commit(replica.plan(parsed(canonical(entryOf('ana', 1)), canonical(entryOf('ana', 3)))))
    expect([replica.size, replica.waiting]).toEqual([1, 1])
    const plan = replica.plan(parsed(canonical(entryOf('ana', 1, { data: { kwh: -1 } }))))
    expect(plan.refused).toMatchObject([{ fault: 'author-forked' }])
  })
})

describe('a list of parsed entries cannot be forged', () => {
  it('neither by its looks nor by its prototype', () => {
    const impostors = [
      Object.create(ParsedEntries.prototype, { [Symbol.iterator]: { value: () => [forged].values() } }),
      Object.assign([forged], { read: () => forged }),
      new Proxy(new ParsedEntries(), { get: () => () => [forged].values() }),
    ] as Iterable<unknown>[]
    for (const impostor of impostors) {
      expect(ParsedEntries.in(impostor)).toBeUndefined()
      expect(refusalsOf(impostor)).toMatchObject([{ fault: 'entry-malformed' }])
    }
  })

  it('nor by changing one that is genuine', () => {
    const entries = parsed(canonical(entryOf('ana', 1)))
    for (const entry of entries) expect(() => Object.assign(entry, { timestamp: Number.NaN })).toThrow(TypeError)
    const dressedUp = Object.assign(entries, { [Symbol.iterator]: () => [forged].values() })
    expect(createReplica({ peerId: 'ben' }).plan(dressedUp)).toMatchObject({ apply: [entryOf('ana', 1)], refused: [] })
  })

  it('nor by a subclass that hands out something else', () => {
    class Impostor extends ParsedEntries {
      override [Symbol.iterator](): ArrayIterator<Entry> {
        return [forged].values()
      }
    }
    expect(createReplica({ peerId: 'ben' }).plan(new Impostor())).toMatchObject({ apply: [], refused: [] })
  })
})
