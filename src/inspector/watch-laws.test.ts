import { describe, expect, test, vi } from 'vitest'
import { syncPeerLaws } from '#machines/sync-peer/index'
import { recordedMill } from './recording.testing.ts'

describe('laws', () => {
  const laws = {
    mill: [
      {
        id: 'MILL-1' as const,
        says: 'it never grinds',
        holds: (snapshot: { value: unknown }) => snapshot.value !== 'grinding',
      },
      {
        id: 'MILL-2' as const,
        says: 'it throws',
        holds: () => {
          throw new Error('no')
        },
      },
    ],
  }

  test('one that ceases to hold is told once, and again after it held', () => {
    const { actor, recorder } = recordedMill({ laws })
    for (let i = 0; i < 2; i++) {
      actor.send({ type: 'grind' })
      actor.send({ type: 'spin' })
      actor.send({ type: 'rest' })
    }
    const broken = recorder.recording().records.filter(({ kind }) => kind === 'law')
    expect(broken).toEqual([
      expect.objectContaining({ actor: actor.sessionId, law: 'MILL-1', says: 'it never grinds' }),
      expect.objectContaining({ law: 'MILL-2' }),
      expect.objectContaining({ law: 'MILL-1' }),
    ])
  })
})

test('a law that tries events on the chart is for tests: it is not watched', () => {
  const holds = vi.fn<() => boolean>(() => false)
  const { actor, recorder } = recordedMill({ laws: { mill: [{ id: 'MILL-3', says: 'tried', tried: true, holds }] } })
  actor.send({ type: 'grind' })
  expect(holds).not.toHaveBeenCalled()
  expect(recorder.recording().records.filter(({ kind }) => kind === 'law')).toEqual([])
  expect(syncPeerLaws.filter(({ tried }) => tried).map(({ id }) => id)).toEqual(['PEER-7', 'PEER-15', 'PEER-13'])
})
