import { describe, expect, it } from 'vitest'
import { entryOf } from './replica.testing.ts'
import { type Held, WaitingSet } from './waiting-set.ts'

const held = (peerId: string, seq: number, bytes = 10): Held => ({ entry: entryOf(peerId, seq), bytes })
const dot = { peerId: 'ana', seq: 1 }

describe('the waiting set', () => {
  it('finds entries by their own dot and by the dot they are blocked on', () => {
    const waiting = new WaitingSet()
    const [one, two] = [held('ben', 1), held('ben', 2)]
    waiting.add(one, dot)
    waiting.add(two, dot)
    expect([waiting.find('ben', 2), waiting.find('cy', 2)]).toEqual([two, undefined])
    expect(waiting.blockedOn(dot)).toEqual([one, two])
    expect([...waiting.entries()]).toEqual([one.entry, two.entry])
    expect([waiting.ofAuthor('ben'), waiting.ofAuthor('ana')]).toEqual([[one, two], []])
  })

  it('counts an entry once, however often it comes to be blocked anew', () => {
    const waiting = new WaitingSet()
    const one = held('ben', 1)
    waiting.add(one, dot)
    waiting.add(one, { peerId: 'cy', seq: 4 })
    expect([waiting.count, waiting.bytes]).toEqual([1, 10])
    expect([waiting.blockedOn(dot), waiting.blockedOn({ peerId: 'cy', seq: 4 })]).toEqual([[], [one]])
  })

  it('keeps nothing of what was deleted, also not at a dot that may never come', () => {
    const waiting = new WaitingSet()
    waiting.add(held('ben', 1), dot)
    waiting.add(held('cy', 1, 5), dot)
    waiting.delete('ben', 1)
    waiting.delete('ben', 1)
    expect([waiting.count, waiting.bytes, waiting.blockedOn(dot).length]).toEqual([1, 5, 1])
    waiting.delete('cy', 1)
    expect([waiting.count, waiting.bytes, waiting.blockedOn(dot), [...waiting.entries()]]).toEqual([0, 0, [], []])
  })
})
