import { expect, test } from 'vitest'
import { meshScenario } from '../../tests/support/mesh-scenario.ts'

const URL = 'wss://signal.example.org'
const sockets = ({ born }: ReturnType<typeof meshScenario>) => born.filter(({ src }) => src === 'socket').length

test('the address that is set already changes nothing: the room, the roster and the attempts stay', () => {
  const run = meshScenario({ selfId: 'm', signalingUrl: URL })
  run.join('a', 'z')
  const before = run.view()
  run.send({ type: 'mesh.setSignaling', url: URL })
  expect(run.view()).toEqual(before)
  expect(run.mesh.getSnapshot().context.listed).toEqual(['a', 'z'])
  expect(sockets(run)).toBe(1)
})

test('another address empties the roster until its server tells who is there', () => {
  const run = meshScenario({ selfId: 'm', signalingUrl: URL })
  run.join('a', 'z')
  run.send({ type: 'mesh.setSignaling', url: 'wss://other.example.org' })
  expect(run.mesh.getSnapshot().context.listed).toEqual([])
  run.join('z')
  expect(run.mesh.getSnapshot().context.listed).toEqual(['z'])
  expect(sockets(run)).toBe(2)
})
