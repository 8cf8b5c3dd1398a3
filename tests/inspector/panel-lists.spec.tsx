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
const isWithin = (part: HTMLElement, whole: HTMLElement): boolean => {
  const [inner, outer] = [part.getBoundingClientRect(), whole.getBoundingClientRect()]
  return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
}
const pair = [actorOf('x:0', { id: 'boss' }), actorOf('x:1', { id: 'clerk', parent: 'x:0' })]

test('the filter by actor is named after the actor that it lists, whichever is looked at', async () => {
  const panel = shown(recordingOf(pair, [...eventsOf('x:0', 3), ...eventsOf('x:1', 4)]))
  await panel.click(() => panel.byId('actor-boss'))
  await panel.click(() => panel.named('Only boss'))
  await soon(() => expect(panel.count()).toBe(3))
  await panel.click(() => panel.byId('actor-clerk'))
  await soon(() => expect(panel.byId('actor-details').textContent).toContain('clerk'))
  expect([panel.count(), panel.named('Only boss').querySelector('input')?.checked]).toEqual([3, true])
  await panel.click(() => panel.named('Only boss'))
  await soon(() => expect(panel.count()).toBe(7))
  panel.named('Only clerk')
})

test('the type that is filtered by is named, also where no such event is left', async () => {
  const source = recordingOf(pair, eventsOf('x:0', 3))
  const panel = shown(source)
  const select = (await soon(() => panel.find('select'))) as HTMLSelectElement
  await soon(() => expect(select.options.length).toBeGreaterThan(2))
  select.value = 'tick.1'
  select.dispatchEvent(new Event('change', { bubbles: true }))
  await soon(() => expect(panel.count()).toBe(1))
  panel.show(recordingOf(pair, eventsOf('x:0', 1)))
  await soon(() => expect(panel.count()).toBe(0))
  // The lists are made anew with the source.
  expect((panel.find('select') as HTMLSelectElement).value).toBe('tick.1')
})

test('“Show all events” is offered as long as some are not listed', async () => {
  const panel = shown(recordingOf(pair, eventsOf('x:0', 3)))
  const isOffered = () => panel.host.textContent?.includes('Show all events')
  await panel.click(() => panel.named('Problems'))
  await soon(() => expect([panel.count(), isOffered()]).toEqual([0, true]))
  await panel.click(() => panel.named('Problems'))
  await soon(() => expect([panel.count(), isOffered()]).toEqual([3, false]))
  await panel.click(() => panel.byId('clear-events'))
  await soon(() => expect([panel.count(), isOffered()]).toEqual([0, true]))
  await panel.click(() => panel.named('Show all events'))
  await soon(() => expect(panel.count()).toBe(3))
})

test('arrow keys go from event to event; the chosen one is in sight, in the list and in the sequence', async () => {
  const panel = shown(recordingOf(pair, eventsOf('x:0', 200)), { height: 700 })
  await soon(() => expect(panel.count()).toBe(200))
  panel.press(panel.byId('events'), 'Home')
  await soon(() => expect(panel.chosen().textContent).toContain('tick.0→'))
  for (let i = 1; i < 20; i++) {
    panel.press(panel.byId('events'), 'ArrowDown')
    await soon(() => expect(panel.chosen().textContent).toContain(`tick.${i}→`))
    expect(isWithin(panel.chosen(), panel.find('.fmi-events'))).toBe(true)
  }
  await panel.click(() => panel.named('Sequence'))
  const canvas = await soon(() => panel.find('.fmi-canvas'))
  panel.press(canvas, 'Home')
  await soon(() => expect(panel.find('.fmi-sequence-row[aria-selected="true"]').title).toContain('tick.0,'))
  for (let i = 1; i < 20; i++) {
    panel.press(canvas, 'ArrowDown')
    const row = await soon(() => {
      const chosen = panel.find('.fmi-sequence-row[aria-selected="true"]')
      expect(chosen.title).toContain(`tick.${i},`)
      return chosen
    })
    expect([i, isWithin(row, panel.find('.fmi-sequence'))]).toEqual([i, true])
  }
})

test('arrow keys go from actor to actor, and bring the chosen one into sight', async () => {
  const actors = Array.from({ length: 100 }, (_, at) => actorOf(`x:${at}`))
  const panel = shown(recordingOf(actors, eventsOf('x:0', 1)))
  const tree = await soon(() => panel.find('[role=tree]'))
  panel.press(tree, 'End')
  const last = await soon(() => {
    const chosen = panel.find('[role=treeitem][aria-selected="true"]')
    expect(chosen.textContent).toBe('x:99')
    return chosen
  })
  await soon(() => expect(isWithin(last, panel.find('.fmi-pane'))).toBe(true))
  panel.press(tree, 'Home')
  await soon(() => expect(isWithin(panel.byId('actor-x:0'), panel.find('.fmi-pane'))).toBe(true))
})
