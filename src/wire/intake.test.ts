import { describe, expect, test } from 'vitest'
import { LIMITS } from '#model/limits'
import { CHUNK_PAYLOAD, chunkCount } from './chunk.ts'
import { createIntake } from './intake.ts'
import type { MessageKind } from './messages.ts'

const begin = () => {
  let now = 0
  const intake = createIntake(() => now)
  return {
    pass: (ms: number) => {
      now += ms
    },
    arrive: (kind: MessageKind, { index = 0, bytes = 20 } = {}) => intake.admits({ kind, index, bytes }),
    /** How many of them are let in before one is not. */
    flood: (kind: MessageKind, arrival: { index?: number; bytes?: number } = {}) => {
      let admitted = 0
      while (admitted < 1_000_000 && intake.admits({ kind, index: 0, bytes: 20, ...arrival })) admitted += 1
      return admitted
    },
  }
}

describe('what one link may bring', () => {
  test.each(['hello', 'auth', 'ping', 'pong', 'bye'] as const)('%s without end is too much', (kind) => {
    const { flood, pass } = begin()
    expect(flood(kind)).toBe(LIMITS.saidBurst)
    pass(1_000)
    expect(flood(kind)).toBe(LIMITS.saidPerSecond)
    pass(3_600_000)
    expect(flood(kind)).toBe(LIMITS.saidBurst)
  })

  test('small messages share what they may: none is a way around it', () => {
    const { arrive, flood } = begin()
    for (const kind of ['hello', 'auth', 'pong', 'bye'] as const) arrive(kind)
    expect(flood('ping')).toBe(LIMITS.saidBurst - 4)
  })

  test.each([
    ['vector', LIMITS.vectorUnitsBurst, LIMITS.vectorUnitsPerSecond],
    ['entries', LIMITS.batchesBurst, LIMITS.batchesPerSecond],
  ] as const)('tiny messages of %s without end are too many', (kind, burst, perSecond) => {
    const { flood, pass } = begin()
    expect(flood(kind)).toBe(burst)
    pass(1_000)
    expect(flood(kind)).toBe(perSecond)
  })

  test('credit without end is too much', () => {
    const { flood } = begin()
    expect(flood('credit')).toBe(LIMITS.creditsBurst)
  })

  test('a vector of the largest room is let in at once, several times; without end it is too much', () => {
    const { flood } = begin()
    const whole = Math.floor(flood('vector', { bytes: LIMITS.chunkBytes }) / chunkCount(LIMITS.controlBytes))
    expect(whole).toBeGreaterThan(3)
    expect(whole).toBeLessThan(20)
  })

  test('what is too much of one is not held against the other', () => {
    const { arrive, flood } = begin()
    flood('ping')
    expect([arrive('ping'), arrive('vector'), arrive('entries'), arrive('credit')]).toEqual([false, true, true, true])
  })
})

describe('no honest device comes near it', () => {
  test('a ping in two seconds and an answer to each, for a day', () => {
    const { arrive, pass } = begin()
    let refused = 0
    for (let second = 0; second < 86_400; second += 2) {
      if (!arrive('ping') || !arrive('pong')) refused += 1
      pass(2_000)
    }
    expect(refused).toBe(0)
  })

  test('a minute of pings at once, as after a page stood still', () => {
    const { arrive } = begin()
    expect(Array.from({ length: 60 }, () => arrive('ping') && arrive('pong'))).not.toContain(false)
  })

  test('entries at 100 MB/s, in batches, with a credit and a vector for each', () => {
    const { arrive, pass } = begin()
    const batch = 10
    let refused = 0
    for (let chunk = 0; chunk < 70_000; chunk++) {
      const isFirst = chunk % batch === 0
      const all = [arrive('entries', { index: chunk % batch, bytes: CHUNK_PAYLOAD }), arrive('credit')]
      if (isFirst) all.push(arrive('vector', { bytes: 100 }))
      if (all.includes(false)) refused += 1
      pass(0.14)
    }
    expect(refused).toBe(0)
  })

  test('ten thousand single edits at once', () => {
    const { arrive } = begin()
    expect(Array.from({ length: 10_000 }, () => arrive('entries', { bytes: 200 }))).not.toContain(false)
  })
})
