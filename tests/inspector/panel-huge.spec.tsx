import { afterEach, expect, test } from 'vitest'
import { actorOf, eventsOf, recordingOf, showPanel, soon } from './support/shown-panel.tsx'

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
const shown = (...args: Parameters<typeof showPanel>) => {
  const panel = showPanel(...args)
  ends.push(panel.remove)
  return panel
}

test('of 10,000 actors those in sight are drawn; the last one is reached all the same', async () => {
  const actors = Array.from({ length: 10_000 }, (_, at) => actorOf(`x:${at}`))
  const panel = shown(recordingOf(actors, eventsOf('x:0', 2)))
  const tree = await soon(() => panel.find('[role=tree]'))
  await soon(() => expect(tree.childElementCount).toBeGreaterThan(5))
  expect(tree.childElementCount).toBeLessThan(200)
  panel.press(tree, 'End')
  await soon(() => expect(panel.find('[role=treeitem][aria-selected="true"]').textContent).toBe('x:9999'))
  expect(tree.childElementCount).toBeLessThan(200)
})

test('actors each below the one before stay in sight, however deep', async () => {
  const actors = Array.from({ length: 300 }, (_, at) => actorOf(`x:${at}`, at === 0 ? {} : { parent: `x:${at - 1}` }))
  const panel = shown(recordingOf(actors, eventsOf('x:0', 1)))
  const tree = await soon(() => panel.find('[role=tree]'))
  panel.press(tree, 'End')
  const last = await soon(() => {
    const chosen = panel.find('[role=treeitem][aria-selected="true"]')
    expect(chosen.ariaLevel).toBe('300')
    return chosen
  })
  const name = last.querySelector('.fmi-actor-name')?.getBoundingClientRect()
  expect(name?.right).toBeLessThan(tree.getBoundingClientRect().right)
})

test('of a list of 100,000 values the first are shown, and how many more there are', async () => {
  const context = { list: Array.from({ length: 100_000 }, (_, at) => at) }
  const panel = shown(recordingOf([actorOf('x:0', { context })], eventsOf('x:0', 1)))
  const details = await soon(() => panel.byId('actor-details'))
  await soon(() => expect(details.textContent).toContain('more'))
  expect(details.textContent).toMatch(/99,\d00 more/)
  expect(details.querySelectorAll('.fmi-json').length).toBeLessThan(1_000)
})

test('words without an end leave room for the rest', async () => {
  const long = 'W'.repeat(400)
  const recording = recordingOf([actorOf('x:0', { id: long })], [{ kind: 'event', actor: 'x:0', type: long }])
  for (const width of [1_280, 800, 390]) {
    const panel = shown({ ...recording, name: 'W'.repeat(64) }, { width })
    await soon(() => panel.byId('live'))
    if (width === 390) await panel.click(() => panel.named('Events'))
    panel.press(await soon(() => panel.byId('events')), 'Home')
    await soon(() => panel.byId('event-details'))
    const { right } = panel.find('.fmi').getBoundingClientRect()
    const outside = [
      ...panel.host.querySelectorAll<HTMLElement>('section, header, button, .fmi-tabs, .fmi-bar'),
    ].filter((each) => each.getBoundingClientRect().right > right + 1)
    expect(outside.map(({ className, textContent }) => `${width} ${className} ${textContent?.slice(0, 30)}`)).toEqual(
      [],
    )
    const tall = panel.find('.fmi-time-bar').getBoundingClientRect()
    expect(tall.bottom).toBeLessThanOrEqual(panel.find('.fmi').getBoundingClientRect().bottom + 1)
  }
})
