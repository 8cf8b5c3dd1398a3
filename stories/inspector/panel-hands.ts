import { expect, waitFor, within } from 'storybook/test'

export type Canvas = ReturnType<typeof within>

/** How many events are listed. */
export const rowsOf = async (canvas: Canvas): Promise<number> => {
  const list = await canvas.findByTestId('events')
  return Number(list.dataset['count'])
}

/** The chart is there. */
export const drawn = (canvas: Canvas) =>
  waitFor(() => expect(canvas.getByTestId('chart').querySelector('svg .fm-box')).not.toBeNull(), { timeout: 20_000 })

/** What happened, and to whom: cut short only where the words are long, never to nothing. */
export const isReadable = async (canvas: Canvas) => {
  await waitFor(() => expect(within(canvas.getByTestId('events')).getAllByRole('option').length).toBeGreaterThan(3))
  const list = canvas.getByTestId('events').parentElement as HTMLElement
  await expect(list.scrollWidth).toBeLessThanOrEqual(list.clientWidth)
  for (const part of ['.fmi-type', '.fmi-route']) {
    const cell = list.querySelector(`[data-kind="event"] ${part}`) as HTMLElement
    const { left, right } = cell.getBoundingClientRect()
    await expect(right - left).toBeGreaterThan(100)
    await expect(right).toBeLessThanOrEqual(list.getBoundingClientRect().right)
  }
}
