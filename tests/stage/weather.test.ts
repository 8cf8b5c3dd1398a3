import { describe, expect, test } from 'vitest'
import { captions, met, put } from './some-stage.ts'

describe('weather on a stage', () => {
  test('has moments of its own, and what follows from it', async () => {
    const { stage } = await met()
    await stage.do('The road is cut', () => stage.world.network.cut('a', 'b'))
    expect(stage.scene().network.roads[0]).toEqual({ a: 'a', b: 'b', there: false, back: false })
    const cut = stage.history.moments.at(-1)
    expect(cut).toMatchObject({ caption: 'The road is cut', kind: 'deed' })
    expect(cut?.happened.map(({ says }) => says)).toContain('Nothing passes between Anna and Ben')
    await stage.do('The server dies', () => stage.world.server.stop())
    expect(stage.scene().network.isServerUp).toBe(false)
    stage.show(cut?.n)
    expect(stage.scene().network.isServerUp).toBe(true)
  })

  test('a deed that fails is told and throws nothing', async () => {
    const { stage } = await met()
    await stage.do('Wipe it', () => stage.world.device('a').disk.wipe())
    const said = captions(stage).at(-1)
    expect(said).toMatch(/^Wipe it: .*Wipe a device while it is off/)
    expect(stage.history.moments.at(-1)?.kind).toBe('broken')
  })

  test('a crashed device begins a new life, and its past stays', async () => {
    const { stage } = await met()
    await put(stage, 'a', 'm1', 1)
    const before = stage.history.moments.at(-1)?.n
    await stage.do('a loses its power', () => stage.world.device('a').crash(), 'a')
    expect(stage.at('a')).toMatchObject({ state: 'off', status: { phase: 'idle' } })
    expect(stage.engine('a').records('reading')).toEqual([])
    await stage.run(
      () => stage.world.device('a').start(),
      () => stage.world.isQuiet(),
      { hurry: true },
    )
    expect(stage.engine('a').records('reading')).toHaveLength(1)
    stage.show(before)
    expect(stage.at('a').state).toBe('running')
    expect(stage.engine('a').record('reading', 'm1')?.value).toEqual({ kwh: 1 })
  })

  test('a second tab stands by, and takes over', async () => {
    const { stage } = await met({ peers: 3, tabs: { c: 'a' } })
    expect(stage.at('c')).toMatchObject({ state: 'standby', status: { phase: 'standby', fault: 'another-tab' } })
    await stage.run(
      () => stage.world.device('a').crash(),
      () => stage.at('c').state === 'running' && stage.world.isQuiet(),
      { hurry: true },
    )
    expect(stage.at('c').status.phase).toBe('running')
    const all = stage.history.moments.flatMap(({ happened }) => happened.map(({ step }) => step))
    expect(all).toContain('c: leadership.acquired (sync-engine)')
    expect(captions(stage)).toContain('Cleo offers Ben a direct link')
  })
})
