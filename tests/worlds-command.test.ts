import { afterEach, describe, expect, test } from 'vitest'
import { planOf } from '#world/plan'
import { planOfParam } from '#world/plan-param'
import { planText } from '#world/plan-text'
import { createCrew } from '../scripts/worlds/crew.ts'
import { readOptions } from '../scripts/worlds/options.ts'
import { createProgress } from '../scripts/worlds/progress.ts'
import { createTally } from '../scripts/worlds/tally.ts'
import { planAddress, planCommand, seedAddress, seedCommand, shrunkText } from '../scripts/worlds/words.ts'

describe('the command line of worlds', () => {
  test('takes 500 seeds from 1 on, and stops at five failures', () => {
    expect(readOptions([])).toMatchObject({ seeds: 500, from: 1, stopAfter: 5, shrink: true, trace: false })
    expect(readOptions([]).jobs).toBeGreaterThan(0)
  })

  test('reads back what it prints for one seed and one plan', () => {
    expect(seedCommand(7, 3)).toBe('npm run worlds -- --seed 7 --peers 3')
    expect(readOptions(['--seed', '7', '--peers', '3'])).toMatchObject({ seed: 7, peers: 3 })
    const plan = planOf(7)
    expect(planCommand(plan)).toBe(`npm run worlds -- --plan '${planText(plan)}'`)
    expect(readOptions(['--plan', planText(plan)]).plan).toEqual(plan)
  })

  test('says where a failing seed, and a plan, can be watched', () => {
    expect(seedAddress(1234)).toBe('npm run storybook, then /?path=/story/stage--world-seed&args=seed:1234')
    expect(seedAddress(7, 3)).toMatch(/args=seed:7;peers:3$/)
    const plan = planOf(7)
    const [, param = ''] = /args=plan:([\w-]+)$/.exec(planAddress(plan)) ?? []
    expect(planOfParam(param)).toEqual(plan)
    expect(() => planOfParam('e30')).toThrow('not a plan')
    expect(() => planOfParam('%')).toThrow('not a plan')
  })

  test.each([
    [['--seeds', 'many'], /--seeds takes a whole number from 1, not “many”/],
    [['--seeds', '0'], /from 1/],
    [['--peers', '21'], /from 2 to 20/],
    [['--seed', '1', '--plan', '{}'], /two ways/],
    [['--trace'], /--trace needs/],
    [['--plan', '{}'], /not a plan/],
    [['--sedes', '3'], /sedes/],
  ])('refuses %j with words', (args, words) => {
    expect(() => readOptions(args)).toThrow(words)
  })

  test('goes on to the end with --all', () => {
    expect(readOptions(['--all']).stopAfter).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('progress', () => {
  const shown = (isTTY: boolean) => {
    const lines: string[] = []
    let time = 0
    const progress = createProgress(200, { isTTY, write: (text) => lines.push(text) }, () => time)
    for (let done = 1; done <= 200; done++) {
      time += 200
      progress.update(done, done > 150 ? 1 : 0)
    }
    return lines
  }
  test('is a bar that is drawn over on a terminal', () => {
    const lines = shown(true)
    expect(lines).toHaveLength(200)
    expect(lines[99]).toBe('\r\u001b[K████████████░░░░░░░░░░░░ 100 of 200 seeds, 5.0/s, 0 failing, 20 s left')
  })
  test('is a plain line each ten seconds elsewhere, and one at the end', () => {
    expect(shown(false)).toEqual([
      '50 of 200 seeds, 5.0/s, 0 failing, 30 s left\n',
      '100 of 200 seeds, 5.0/s, 0 failing, 20 s left\n',
      '150 of 200 seeds, 5.0/s, 0 failing, 10 s left\n',
      '200 of 200 seeds, 5.0/s, 1 failing, 0 s left\n',
    ])
  })
})

test('the summary counts seeds by fault and by rule', () => {
  const tally = createTally()
  const plan = planOf(1)
  const crash = { id: 0, at: 1, ms: 1, kind: 'crash', device: 'a' } as const
  tally.add({ ...plan, faults: [crash, { ...crash, id: 1 }] }, { findings: [], recoveryMs: 40, writes: 3 })
  tally.add({ ...plan, seed: 2, faults: [crash] }, { findings: [{ rule: 'WORLD-3', says: 'lost' }] })
  tally.add({ ...plan, seed: 3, faults: [] }, { findings: [], refused: { 'storage-full': 2 } })
  expect(tally.passed).toBe(2)
  expect(tally.failures.map((failure) => failure.plan.seed)).toEqual([2])
  const summary = tally.summary()
  expect(summary).toMatch(/crash +2 +1\n/)
  expect(summary).toMatch(/none +1 +0\n/)
  expect(summary).toMatch(/WORLD-3 +1 +2\n/)
  expect(summary).toContain('storage-full 2')
})

test.each([
  [140_000, '2 simulated minutes'],
  [1_500_000, '25 simulated minutes'],
  [7_300_000, '2 simulated hours'],
])('the summary tells %i simulated ms as %s', (simulatedMs, words) => {
  const tally = createTally()
  tally.add(planOf(1), { findings: [], simulatedMs })
  expect(tally.summary()).toContain(`0 writes in ${words};`)
})

test('shrinking that was lost says so', () => {
  const plan = planOf(7)
  expect(shrunkText({ type: 'shrunk', plan })).toContain(planCommand(plan))
  expect(shrunkText({ type: 'lost', why: 'it said nothing for 9 ms' })).toBe(
    'could not be made smaller: it said nothing for 9 ms',
  )
})

describe('a crew', () => {
  const crew = createCrew(new URL('./support/failing-worker.ts', import.meta.url), { silenceMs: 2_000 })
  afterEach(() => crew.end())
  const run = (seed: number) => crew.work({ type: 'run', plan: { ...planOf(1), seed }, twice: false })

  test('outlives a worker that dies and one that hangs, and says what became of them', async () => {
    expect(await run(0)).toMatchObject({ type: 'ran' })
    expect(await run(1)).toEqual({ type: 'lost', why: 'its process ended with 3: out of memory, say' })
    expect(await run(2)).toEqual({ type: 'lost', why: 'it said nothing for 2000 ms' })
    expect(await run(0)).toMatchObject({ type: 'ran' })
  })
})
