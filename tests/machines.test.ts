import { existsSync, readdirSync } from 'node:fs'
import { createActor } from 'xstate'
import { describe, expect, test } from 'vitest'
import type { AnyMachineSpec } from './support/machine-spec.ts'
import { customActions, stuckLeaves, undescribed } from './support/structural-laws.ts'

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
    'scenario.test',
  ]
  return [...roles.map((role) => `${name}/${name}.${role}.ts`), `${name}/index.ts`]
}

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

  test('every state that does not rest has a way out', () => {
    expect(stuckLeaves(spec.machine)).toEqual([])
  })

  test('every state says in one sentence what it is', () => {
    expect(undescribed(spec.machine)).toEqual([])
  })

  test('runs no action but XState’s own', () => {
    expect(customActions(spec.machine)).toEqual([])
  })

  test('has laws, each with words', () => {
    expect(spec.laws.length).toBeGreaterThan(0)
    expect(spec.laws.filter(({ says }) => !/^\S.*[^.\s]$/.test(says))).toEqual([])
  })
})

test('no two laws of the house share an id', () => {
  const ids = [...specs.values()].flatMap(({ laws }) => laws.map(({ id }) => id))
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})
