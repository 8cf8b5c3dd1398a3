import { describe, expect, it, vi } from 'vitest'
import { type Backplane, createMemoryBackplane } from './backplane.ts'
import { createRoom, type Member } from './room.ts'

const createMember = (peer: string, session: string) => ({
  peer,
  session,
  send: vi.fn<(text: string) => void>(),
  replace: vi.fn<() => void>(),
})
const open = (backplane: Backplane = createMemoryBackplane(), now = 1_000) => {
  const room = createRoom({ id: 'r', node: 'here', capacity: 4, backplane, now: () => now, onMalformed: () => {} })
  const heard = (member: ReturnType<typeof createMember>) =>
    member.send.mock.calls.map(([text]) => JSON.parse(text) as unknown)
  return { room, heard }
}
const stayElsewhere = (peer: string, session: string, since: number) =>
  JSON.stringify({ k: 'here', node: 'there', stays: [{ peer, session, since }] })

describe('of two stays of one device', () => {
  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])('in one millisecond the later one holds the place (%s, then %s)', (first, second) => {
    const { room } = open()
    const [old, young] = [createMember('ada', first), createMember('ada', second)]
    room.enter(old satisfies Member)
    room.enter(young)
    expect(old.replace).toHaveBeenCalledOnce()
    expect(young.replace).not.toHaveBeenCalled()
    room.exit(old, 'timeout')
    expect(room.size).toBe(1)
  })

  it('who joins here takes the place from a node whose clock is ahead', () => {
    const backplane = createMemoryBackplane()
    const { room, heard } = open(backplane)
    const bob = createMember('bob', 's')
    room.enter(bob)
    backplane.publish('r', stayElsewhere('ada', 'far', 999_999))
    room.enter(createMember('ada', 'near'))
    expect(room.size).toBe(2)
    expect(heard(bob)).toEqual([
      { t: 'peer-joined', peer: 'ada' },
      { t: 'peer-left', peer: 'ada', why: 'replaced' },
      { t: 'peer-joined', peer: 'ada' },
    ])
  })

  it('old news of another node does not bring the older one back', () => {
    const backplane = createMemoryBackplane()
    const { room, heard } = open(backplane)
    const [ada, bob] = [createMember('ada', 'near'), createMember('bob', 's')]
    room.enter(bob)
    room.enter(ada)
    backplane.publish('r', stayElsewhere('ada', 'far', 999))
    expect(ada.replace).not.toHaveBeenCalled()
    expect(heard(bob)).toEqual([{ t: 'peer-joined', peer: 'ada' }])
  })
})

describe('what a room remembers', () => {
  it('is bounded for those who came, whatever another node says', () => {
    const backplane = createMemoryBackplane()
    const { room } = open(backplane)
    for (let i = 0; i < 100; i += 1) backplane.publish('r', stayElsewhere(`p${i}`, 's', 1))
    expect(room.others('me')).toHaveLength(8)
  })

  it('is bounded for those who went: the latest are gone, the others were never heard of', () => {
    const { room } = open()
    for (let i = 0; i < 100; i += 1) {
      const passer = createMember(`p${i}`, 's')
      room.enter(passer)
      room.exit(passer, 'left')
    }
    const outcomes = Array.from({ length: 100 }, (_, i) =>
      room.send('me', { t: 'signal', to: `p${i}`, id: 1, box: '' }),
    )
    expect(outcomes.filter((outcome) => outcome === 'peer-gone')).toHaveLength(8)
    expect(outcomes.at(-1)).toBe('peer-gone')
  })
})
