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
const pair = [
  actorOf('x:0', { id: 'boss', machine: 'office' }),
  actorOf('x:1', { id: 'clerk', machine: 'desk', parent: 'x:0' }),
]
const broken = { kind: 'law', actor: 'x:1', law: 'DESK-1', says: 'a desk is never empty' } as const
const ruled = recordingOf(pair, [...eventsOf('x:1', 3), broken, ...eventsOf('x:0', 3)])

test('a law that did not hold is red in the list and marked on the way through time', async () => {
  const panel = shown(ruled)
  const row = await soon(() => panel.find('.fmi-row[data-kind="law"]'))
  expect(row.textContent).toContain('DESK-1 does not hold: a desk is never empty')
  const colors = (element: HTMLElement) => {
    const { color, backgroundColor } = getComputedStyle(element)
    return [color, backgroundColor]
  }
  const usual = panel.find('.fmi-row[data-kind="event"]')
  const [color, ground] = colors(row)
  expect(colors(usual)).not.toContain(color)
  expect(colors(usual)).not.toContain(ground)
  const [red = 0, green = 0, blue = 0] = color?.match(/\d+/g)?.map(Number) ?? []
  expect(red).toBeGreaterThan(Math.max(green, blue))
  expect(panel.host.querySelectorAll('.fmi-marks > span')).toHaveLength(1)
})

test('it is told of the actor that it is the law of, alone, with the way to the moment', async () => {
  const panel = shown(ruled)
  await panel.click(() => panel.byId('actor-boss'))
  await soon(() => expect(panel.byId('actor-details').textContent).toContain('office'))
  expect(panel.host.querySelector('[data-testid="law-DESK-1"]')).toBeNull()
  await panel.click(() => panel.byId('actor-clerk'))
  const law = await soon(() => panel.byId('law-DESK-1'))
  law.querySelector('button')?.click()
  await soon(() => expect(panel.byId('live').ariaPressed).toBe('false'))
  expect((panel.byId('moment') as HTMLInputElement).value).toBe('3')
})

test('what stands in for content looks like what it is, in context and payload', async () => {
  const context = { note: '‹24 characters›', kind: 'desk' }
  const told = { kind: 'event', actor: 'x:0', type: 'note', payload: { text: '‹3 characters›', kind: 'memo' } } as const
  const panel = shown(recordingOf([actorOf('x:0', { context })], [told]))
  panel.press(await soon(() => panel.byId('events')), 'Home')
  await soon(() => panel.byId('event-details'))
  for (const part of ['actor-details', 'event-details']) {
    const redacted = [...panel.byId(part).querySelectorAll('.fmi-redacted')].map(({ textContent }) => textContent)
    const content = [...panel.byId(part).querySelectorAll('.fmi-string')].map(({ textContent }) => textContent)
    expect([redacted, content]).toEqual([
      [expect.stringMatching(/^‹\d+ characters›$/)],
      [expect.stringMatching(/desk|memo/)],
    ])
  }
})

test('one device alone is shown, and its events alone are listed', async () => {
  const panel = shown([
    recordingOf([actorOf('x:0', { id: 'boss' })], eventsOf('x:0', 3)),
    { ...recordingOf([actorOf('y:0', { id: 'guest' })], eventsOf('y:0', 4)), name: 'Phone' },
  ])
  await soon(() => expect(panel.count()).toBe(7))
  await panel.click(() => panel.named('Phone'))
  await soon(() => expect(panel.count()).toBe(4))
  expect([panel.host.querySelectorAll('[role=tree]').length, panel.named('Phone').ariaPressed]).toEqual([1, 'true'])
  await panel.click(() => panel.named('All devices'))
  await soon(() => expect(panel.count()).toBe(7))
})
