import { describe, expect, test } from 'vitest'
import { FieldmeshError } from '#model/fault'
import type { DeviceAt } from '../../stories/stage/moment.types.ts'
import { captions, met, newStage, put, untilTrue } from './some-stage.ts'

describe('the past of a stage', () => {
  test('tells in captions who said what to whom', async () => {
    const { stage } = await met()
    await put(stage, 'a', 'm1', 812)
    const said = captions(stage)
    expect(said[0]).toBe('The world begins')
    const told = [
      'The server lets Anna into the room',
      'Anna introduces itself to Ben',
      'Anna writes reading m1',
      'Anna stored 1 entry',
      'Ben stored 1 entry from Anna',
    ]
    for (const caption of told) expect(said).toContain(caption)
    expect(said.join('\n')).toMatch(/(Anna|Ben) offers (Ben|Anna) a direct link/)
    expect(said.join('\n')).toMatch(/, link to (Anna|Ben): The channels are open\./)
    expect(said.join('\n')).not.toMatch(/→|xstate|\w\.\w/)
    const steps = stage.history.moments.flatMap(({ happened }) => happened.map(({ step }) => step)).join('\n')
    for (const step of ['server → a: joined', 'a → b: hello']) expect(steps).toContain(step)
    expect(steps).toMatch(/[ab]: link\.opened \(link to [ab]\)/)
    const times = stage.history.moments.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((x, y) => x - y))
  })

  test('shows records, status, charts and network as they were, by the very same objects, back and forth', async () => {
    const { stage } = await met()
    await put(stage, 'a', 'm1', 812)
    const { moments } = stage.history
    const seen = new Map<number, DeviceAt | undefined>()
    for (const moment of moments) seen.set(moment.n, moment.devices['b'])
    const visited = [...seen.keys(), ...[...seen.keys()].toReversed()].slice(0, -1)
    for (const n of visited.filter((each) => each < moments.length - 1)) {
      stage.show(n)
      expect(stage.at('b')).toBe(seen.get(n))
      const engine = stage.engine('b')
      expect(engine.store.getStatus()).toBe(seen.get(n)?.status)
      expect(engine.records('reading')).toBe(seen.get(n)?.records.get('reading'))
    }
    const came = moments.find(({ caption }) => caption === 'Ben stored 1 entry from Anna')
    stage.show((came?.n ?? 0) - 1)
    expect(stage.engine('b').record('reading', 'm1')).toBeUndefined()
    stage.show(came?.n)
    expect(stage.engine('b').record('reading', 'm1')?.value).toEqual({ kwh: 812 })
    stage.show(0)
    expect(stage.engine('b').store.getStatus().phase).toBe('idle')
    expect(stage.at('b').actors.map(({ id }) => id)).toEqual(['engine'])
    expect(stage.scene().network.links).toBe(0)
    stage.show()
    expect(stage.scene().network.links).toBe(1)
    const link = stage.at('b').actors.find(({ peerId }) => peerId === stage.at('a').peerId)
    expect(link?.snapshot.matches({ link: { engaged: 'open' } })).toBe(true)
    expect(link?.last.length).toBeGreaterThan(0)
  })

  test('of a moment explains itself, and is what the live engine said then', async () => {
    const { stage } = await met()
    const now = stage.world.device('a').engine.explain()
    expect(stage.engine('a').explain()).toEqual(now)
    const last = stage.history.moments.at(-1)?.n ?? 0
    await put(stage, 'b', 'm1', 1)
    stage.show(last)
    expect(stage.engine('a').explain()).toEqual(now)
  })

  test('cannot be written, with words that say so, and nothing happens', async () => {
    const { stage } = await met()
    const engine = stage.engine('a')
    stage.show(1)
    const refusals = [
      engine.put('reading', 'm1', {}),
      engine.sync([]),
      engine.remove('reading', 'm1'),
      engine.stop(),
      engine.forget('x'),
      stage.do('a deed', () => {}),
    ]
    for (const refusal of await Promise.allSettled(refusals)) {
      expect(refusal.status).toBe('rejected')
      const { reason } = refusal as PromiseRejectedResult
      expect(reason).toBeInstanceOf(FieldmeshError)
      expect(reason).toMatchObject({ message: 'You are looking at the past.', hint: 'Jump to now, then try again.' })
    }
    expect(() => engine.retry()).toThrow('the past')
    expect(() => engine.setSignaling(null)).toThrow('the past')
    expect(() => engine.receipts({ peerId: engine.peerId, seq: 1 })).toThrow('the past')
    const known = stage.history.moments.length
    stage.show()
    await put(stage, 'a', 'm2', 5)
    expect(stage.world.writes.map(({ entry }) => entry.id)).toEqual(['m2'])
    expect(stage.history.moments.length).toBeGreaterThan(known)
  })

  test('keeps records of types that nobody knew beforehand', async () => {
    const { stage } = await met()
    await stage.run(
      () => stage.world.device('a').engine.put('airport', 'zrh', { name: 'Zürich' }),
      () => stage.world.isQuiet(),
      { hurry: true },
    )
    const last = stage.history.moments.at(-1)?.n ?? 0
    await put(stage, 'a', 'm1', 1)
    stage.show(last)
    expect(stage.engine('b').record('airport', 'zrh')?.value).toEqual({ name: 'Zürich' })
  })

  test('is listed by the app also where nobody imported the list, now and then', async () => {
    const { stage } = await met({ lists: ['note'] })
    await stage.run(
      () => stage.world.device('a').engine.put('note', 'r0', { f0: 1 }),
      () => stage.world.isQuiet(),
      { hurry: true },
    )
    const { store } = stage.engine('b')
    expect(store.getRecords('list').map(({ id }) => id)).toEqual(['note'])
    expect(store.getRecords('list')).toBe(store.getRecords('list'))
    expect(store.getRecords('note')).toHaveLength(1)
    expect(stage.world.device('b').engine.records('list')).toEqual([])
    stage.show(0)
    expect(store.getRecords('list')).toHaveLength(1)
    expect(store.getRecords('note')).toEqual([])
  })

  test('is bounded: the oldest goes, and what is left is exact', async () => {
    const { stage } = await met({ mostMoments: 10 })
    expect(stage.history.moments).toHaveLength(10)
    expect(stage.history.dropped).toBeGreaterThan(0)
    stage.show(0)
    expect(stage.history.shown?.n).toBe(stage.history.dropped)
  })
})

describe('time on a stage', () => {
  test('steps event by event: each step is one moment more, and stepping back shows it again', async () => {
    const { stage } = await met()
    const known = stage.history.moments.length
    const writing = stage.engine('a').put('reading', 'm1', { kwh: 1 })
    await untilTrue(() => stage.history.moments.length === known + 1)
    await stage.step()
    expect(stage.history.moments).toHaveLength(known + 2)
    const shown = stage.scene().at
    stage.back()
    expect(stage.history.cursor).toBe(known)
    expect(stage.scene().at).toBeLessThan(shown)
    await stage.step()
    expect(stage.history.cursor).toBeUndefined()
    await writing
    expect(captions(stage).at(-1)).toBe('Anna stored 1 entry')
  })

  test('stands still, plays, and stands still again once the stage is open', async () => {
    const { stage, clock } = newStage()
    stage.open()
    await stage.do('Anna switches her device on', () => stage.world.device('a').start(), 'a')
    expect(captions(stage)).toContain('Anna switches her device on')
    await stage.step()
    const stood = stage.world.now()
    clock.pass(1_000)
    await stage.do('nothing', () => {})
    expect(stage.world.now()).toBe(stood)
    stage.pacer.play()
    await untilTrue(() => {
      clock.pass(16)
      return stage.at('a').status.phase === 'running'
    })
    stage.pacer.pause()
    const paused = stage.world.now()
    clock.pass(1_000)
    expect(stage.world.now()).toBe(paused)
    stage.close()
  })

  test('of a run that never comes true ends with what there is to see', async () => {
    const { stage } = await met()
    const waiting = stage.run(
      () => {},
      () => false,
      { hurry: true, withinMs: 5_000 },
    )
    await expect(waiting).rejects.toThrow(/never came true[\s\S]*a running\/running/)
  })

  test('is not turned by the stage while a guest turns it, and the run is the same to the byte', async () => {
    const { stage } = newStage()
    stage.open()
    const slowDown = stage.pacer.hurry()
    await stage.host(stage.world.start())
    await stage.host(stage.world.pass(2_000))
    slowDown()
    const other = newStage().stage
    await other.run(
      () => other.world.start(),
      () => true,
      { hurry: true },
    )
    await other.run(
      () => {},
      () => (other.world.nextAt() ?? 0) > stage.world.now(),
      { hurry: true },
    )
    expect(other.world.digest()).toBe(stage.world.digest())
    stage.close()
  })
})
