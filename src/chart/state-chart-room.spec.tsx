import { expect, test } from 'vitest'
import { syncEngineMachine } from '#machines/index'
import { chart, chartHost } from './chart-host.testing.ts'
import { describeMachine } from './describe-machine.ts'
import { StateChart } from './state-chart.tsx'

const { find, all, show, isDrawn } = chartHost()
const areaOf = (element: Element): DOMRect => element.getBoundingClientRect()

test.each([false, true])('buttons cover nothing of a chart (bare: %s)', async (bare) => {
  await show(chart({ bare }))
  await isDrawn()
  const stage = areaOf(find('.fm-chart-stage'))
  const buttons = all('.fm-chart-tools button').map(areaOf)
  expect(buttons).toHaveLength(3)
  for (const button of buttons) {
    expect(button.top).toBeGreaterThanOrEqual(stage.bottom)
    expect(button.bottom).toBeLessThanOrEqual(areaOf(find('.fm-chart')).bottom)
  }
})

test('words stand in their boxes on a page that is read from right to left', async () => {
  await show(
    <div dir="rtl" lang="ar">
      {chart()}
    </div>,
  )
  await isDrawn()
  const heads = all('.fm-head[data-leaf]')
  expect(heads.length).toBeGreaterThan(4)
  for (const head of heads) {
    const frame = areaOf(find(`.fm-box[data-state="${head.getAttribute('data-state')}"] > rect`))
    const title = areaOf(head.querySelector('.fm-title') as Element)
    expect(title.left).toBeGreaterThan(frame.left)
    expect(title.right).toBeLessThan(frame.right)
  }
})

test('a chart too wide to be read whole is as tall as what is shown of it needs', async () => {
  const model = describeMachine(syncEngineMachine)
  await show(<StateChart model={model} direction="right" />)
  await isDrawn()
  const [box, stage] = [areaOf(find('.fm-box[data-state="sync-engine"] > rect')), areaOf(find('.fm-chart-stage'))]
  expect(box.width).toBeGreaterThan(stage.width)
  expect(box.height).toBeLessThan(stage.height)
})
