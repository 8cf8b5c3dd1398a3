import { createMachine } from 'xstate'
import { expect, test } from 'vitest'
import type { SeenActor, SeenActors } from '../records.types.ts'
import { describeMachine } from '#chart/describe-machine'
import { actorTree, stateWithRegion, stateWords } from './actor-tree-model.ts'

const seen = (actor: string, parent?: string): SeenActor => ({
  actor,
  id: actor,
  ...(parent !== undefined && { parent }),
  status: 'active',
  states: [],
  last: [],
})
const family = (...actors: readonly SeenActor[]): SeenActors =>
  Object.fromEntries(actors.map((each) => [each.actor, each]))
const linesOf = (actors: SeenActors) => actorTree('d', actors).map((node) => `${node.level} ${node.seen.actor}`)

test('actors stand below their parents, in the order of their coming', () => {
  const actors = family(seen('a'), seen('b'), seen('a1', 'a'), seen('b1', 'b'), seen('a11', 'a1'), seen('a2', 'a'))
  expect(linesOf(actors)).toEqual(['1 a', '2 a1', '3 a11', '2 a2', '1 b', '2 b1'])
})

test('those whose parent is not known stand at the top', () => {
  expect(linesOf(family(seen('a', 'constructor'), seen('b', 'a')))).toEqual(['1 a', '2 b'])
})

test('20,000 actors each below the one before are no tower that falls', () => {
  const tower = Array.from({ length: 20_000 }, (_, at) => seen(`x:${at}`, at === 0 ? undefined : `x:${at - 1}`))
  const tree = actorTree('d', family(...tower))
  expect([tree.length, tree.at(-1)?.level]).toEqual([20_000, 20_000])
})

test('actors that are each other’s parents are shown, at the top', () => {
  const actors = family(seen('root'), seen('a', 'c'), seen('b', 'a'), seen('c', 'b'), seen('self', 'self'))
  expect(linesOf(actors)).toEqual(['1 root', '1 a', '2 b', '3 c', '1 self'])
})

test('each knows its place among its brothers and sisters, for those that are not drawn', () => {
  const nodes = actorTree('d', family(seen('a'), seen('b'), seen('a1', 'a'), seen('a2', 'a')))
  expect(nodes.map(({ seen: { actor }, place, siblings }) => [actor, place, siblings])).toEqual([
    ['a', 1, 2],
    ['a1', 1, 2],
    ['a2', 2, 2],
    ['b', 2, 2],
  ])
})

const phone = describeMachine(
  createMachine({
    id: 'phone',
    type: 'parallel',
    states: {
      link: { initial: 'down', states: { down: {}, up: { initial: 'ready', states: { ready: {}, busy: {} } } } },
      disk: { initial: 'ready', states: { ready: {}, full: {} } },
      lamp: {},
    },
  }),
)

test('states of several regions that share a name are told apart by their regions', () => {
  const active = ['phone', 'phone.link', 'phone.link.up', 'phone.link.up.ready', 'phone.disk', 'phone.disk.ready']
  expect(stateWords(phone, active)).toEqual(['link.ready', 'disk.ready'])
  const apart = ['phone', 'phone.link', 'phone.link.down', 'phone.disk', 'phone.disk.ready', 'phone.lamp']
  expect(stateWords(phone, apart).toSorted()).toEqual(['down', 'lamp', 'ready'])
  expect(['phone.link.up.ready', 'phone.disk.full', 'phone.lamp'].map((id) => stateWithRegion(phone, id))).toEqual([
    'link.ready',
    'disk.full',
    'lamp',
  ])
})

test('a machine without regions, and one whose chart is not known, name the state alone', () => {
  const door = describeMachine(createMachine({ id: 'door', initial: 'open', states: { open: {} } }))
  expect([stateWithRegion(door, 'door.open'), stateWithRegion(undefined, 'phone.disk.ready')]).toEqual([
    'open',
    'ready',
  ])
})
