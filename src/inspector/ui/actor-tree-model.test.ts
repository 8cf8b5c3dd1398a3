import { expect, test } from 'vitest'
import type { SeenActor, SeenActors } from '../records.types.ts'
import { actorTree } from './actor-tree-model.ts'

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
