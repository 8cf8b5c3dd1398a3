import { expect, test } from 'vitest'
import { drained } from './drained.ts'
import { createHost } from './host.ts'
import { createSimulatedLocks } from './locks.ts'
import { createTimeline } from './timeline.ts'

const setUp = () => {
  const timeline = createTimeline()
  const locks = createSimulatedLocks(timeline)
  const heard: string[] = []
  const page = (name: string) => {
    const host = createHost({ name, timeline, wallNow: timeline.now })
    let letGo = () => {}
    const ask = (options: LockOptions = {}) =>
      locks.of(host).request('log', options, (lock) => {
        heard.push(`${name} ${lock ? 'has it' : 'is told no'}`)
        return lock && new Promise<void>((resolve) => (letGo = resolve))
      })
    return { host, ask, letGo: () => letGo() }
  }
  const turn = async () => {
    await drained()
    while (timeline.step()) await drained()
  }
  return { page, turn, heard }
}

test('a lock goes from one page to the next in the order they asked, and never to two', async () => {
  const { page, turn, heard } = setUp()
  const [a, b, c] = [page('a'), page('b'), page('c')]
  void a.ask()
  void b.ask()
  void c.ask()
  await turn()
  expect(heard).toEqual(['a has it'])
  a.letGo()
  await turn()
  expect(heard).toEqual(['a has it', 'b has it'])
  b.letGo()
  await turn()
  expect(heard).toEqual(['a has it', 'b has it', 'c has it'])
})

test('who asks without waiting is told no, and has its answer as the result', async () => {
  const { page, turn, heard } = setUp()
  void page('a').ask()
  const answer = page('b').ask({ ifAvailable: true })
  await turn()
  expect(await answer).toBeNull()
  expect(heard).toEqual(['a has it', 'b is told no'])
})

test('a page that dies lets go of what it held, and stands in no queue any more', async () => {
  const { page, turn, heard } = setUp()
  const [a, b, c] = [page('a'), page('b'), page('c')]
  void a.ask()
  void b.ask()
  void c.ask()
  await turn()
  b.host.kill()
  a.host.kill()
  await turn()
  expect(heard).toEqual(['a has it', 'c has it'])
})

test('who stops waiting is told so at once, and is passed over', async () => {
  const { page, turn, heard } = setUp()
  const [a, b, c] = [page('a'), page('b'), page('c')]
  const stop = new AbortController()
  void a.ask()
  const waiting = b.ask({ signal: stop.signal })
  void c.ask()
  await turn()
  stop.abort(new Error('never mind'))
  await expect(waiting).rejects.toThrow('never mind')
  await expect(page('d').ask({ signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late')
  a.letGo()
  await turn()
  expect(heard).toEqual(['a has it', 'c has it'])
})

test('a frozen page keeps what it holds; what it is granted waits for its thaw', async () => {
  const { page, turn, heard } = setUp()
  const [a, b] = [page('a'), page('b')]
  void a.ask()
  void b.ask()
  await turn()
  a.host.freeze()
  b.host.freeze()
  await turn()
  expect(heard).toEqual(['a has it'])
  a.letGo()
  await turn()
  expect(heard).toEqual(['a has it'])
  b.host.thaw()
  await turn()
  expect(heard).toEqual(['a has it', 'b has it'])
})
