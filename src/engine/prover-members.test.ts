import { describe, expect, it } from 'vitest'
import { type Members, devices, greeted, helloOf, sessionOf, verdictOf } from './prover.testing.ts'

describe('a device that proved its key', () => {
  const provenTo = async (members: Members) => {
    const { a, b } = await devices()
    const { auth } = await greeted(b, helloOf(a), { role: 'answerer' })
    const here = sessionOf(a, members)
    const atA = await greeted(a, helloOf(b), { session: here.session, peerId: b.peerId })
    return { ...atA, ...here, other: b.peerId, verdict: await verdictOf(atA, auth) }
  }

  it('and was removed from the room is refused for it', async () => {
    const { b } = await devices()
    const { verdict, asked, met } = await provenTo({ policy: 'tofu', removed: [b.peerId] })
    expect([verdict, asked]).toEqual(['member-removed', []])
    expect(met.of(b.peerId)?.isAsking).toBe(false)
  })

  it('and does not belong to the room yet is refused, and somebody is told that it asks', async () => {
    const { verdict, asked, other, met } = await provenTo({ policy: 'certified' })
    expect([verdict, asked]).toEqual(['member-unknown', [`${other}: member-unknown`]])
    expect(met.of(other)?.isAsking).toBe(true)
  })

  it('is refused at once when it is removed while it is linked, and nobody else is', async () => {
    const { b } = await devices()
    const members = { policy: 'tofu', members: [b.peerId] } as const
    const { verdict, facts, judge } = await provenTo(members)
    expect(verdict).toBe('prover.proven')
    judge({ ...members, removed: ['somebody else'] })
    expect(facts.at(-1)).toEqual({ type: 'prover.proven' })
    judge({ ...members, removed: [b.peerId] })
    expect(facts.at(-1)).toEqual({ type: 'prover.refused', fault: 'member-removed' })
  })

  it('is of no interest to the prover once its link is over', async () => {
    const { stop, listeners } = await provenTo({ policy: 'tofu' })
    expect(listeners.size).toBe(1)
    stop()
    expect(listeners.size).toBe(0)
  })
})
