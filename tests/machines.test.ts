import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createActor } from 'xstate'
import { describe, expect, test } from 'vitest'
import { reposeOf } from './support/explore-rest.ts'
import { SPEAKERS } from './support/explore-history.ts'
import { HOUSE_LAWS } from './support/house-laws.ts'
import type { AnyMachineSpec } from './support/machine-spec.ts'
import { idsOf } from './support/structural-laws.ts'

const machinesRoot = new URL('../machines/', import.meta.url)
const folders = readdirSync(machinesRoot).filter((name) =>
  existsSync(new URL(`${name}/${name}.machine.ts`, machinesRoot)),
)
const specNames = readdirSync(new URL('specs/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))

const specs = new Map<string, AnyMachineSpec>()
for (const name of specNames) specs.set(name, (await import(`./specs/${name}.ts`)).spec)

test('every machine can be explored, and nothing is explored that is no machine', () => {
  expect(specNames).toEqual(folders)
})

/** The files that every machine's folder has, in the order in which they are read. */
const anatomy = (name: string, { machine }: AnyMachineSpec): string[] => {
  const hasSeats = Object.keys(machine.implementations.actors).length > 0
  const roles = [
    'types',
    ...(hasSeats ? ['ports'] : []),
    'setup',
    'machine',
    'laws',
    'view',
    'generated.test',
    'walk.test',
    'scenario.test',
  ]
  return [...roles.map((role) => `${name}/${name}.${role}.ts`), `${name}/index.ts`]
}

/** Twice the attempts that a chart makes before it gives up, each of a few steps. */
const MOST_STEPS = 100

describe.each([...specs])('%s', (name, spec) => {
  test('has the anatomy of a machine', () => {
    expect(anatomy(name, spec).filter((file) => !existsSync(new URL(file, machinesRoot)))).toEqual([])
  })

  test.each(spec.inputs.map((input) => ({ input })))(
    'starts, so that every target of a transition exists: $input',
    ({ input }) => {
      const actor = createActor(spec.machine, { input })
      actor.start()
      expect(actor.getSnapshot().status).not.toBe('error')
      actor.stop()
    },
  )

  test.each(HOUSE_LAWS)('$id: $says', (law) => {
    expect(law.offenders(spec)).toEqual([])
  })

  test('comes to rest in a bounded number of steps of its own', () => {
    const { snapshots, farthest } = reposeOf(spec)
    console.info(`${name}: ${snapshots} snapshots come to rest when left alone, in ${farthest} steps at most`)
    expect(farthest).toBeLessThanOrEqual(MOST_STEPS)
  })

  test('names no state that may last for ever but its own, each with a reason', () => {
    const rests = Object.entries(spec.rests ?? {})
    expect(rests.filter(([id]) => !idsOf(spec.machine.root).includes(id))).toEqual([])
    expect(rests.filter(([, reason]) => !/^\S.*[^.\s]$/.test(reason))).toEqual([])
  })

  test('has laws, each with words', () => {
    expect(spec.laws.length).toBeGreaterThan(0)
    expect(spec.laws.filter(({ says }) => !/^\S.*[^.\s]$/.test(says))).toEqual([])
  })
})

test('no two laws of the house share an id', () => {
  const ids = [...HOUSE_LAWS, ...[...specs.values()].flatMap(({ laws }) => laws)].map(({ id }) => id as string)
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})

test('the rules of history know who says what, as the page of ports has it', () => {
  const page = readFileSync(new URL('ports.ts', machinesRoot), 'utf8')
  const spoken = [...page.matchAll(/^export type (\w+)Fact =\n((?: .*\n)+)/gm)].map(([, seat = '', facts = '']) => {
    const types = [...facts.matchAll(/readonly type: '(\w+\.)/g)].map(([, prefix = '']) => prefix)
    return [seat[0]?.toLowerCase() + seat.slice(1), [...new Set(types)]] as const
  })
  const { signaling: _, peer: __, ...seats } = SPEAKERS
  expect(new Map(spoken)).toEqual(new Map<string, readonly string[]>(Object.entries(seats)))
})
