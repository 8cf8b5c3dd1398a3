import { expect, waitFor } from 'storybook/test'
import type { Theater } from './create-theater.ts'
import { theaters } from './theaters.ts'

/** The theater that a story rendered. */
export const theaterIn = (canvasElement: HTMLElement): Promise<Theater> =>
  waitFor(() => {
    const element = canvasElement.querySelector('[data-stage]')
    const theater = element ? theaters.get(element) : undefined
    if (!theater) throw new Error('There is no stage yet.')
    return theater
  })

/** The play function of every flow: plays it as fast as it goes, and looks at the screens after each step. */
export const playFlow = async ({ canvasElement }: { readonly canvasElement: HTMLElement }): Promise<void> => {
  const theater = await theaterIn(canvasElement)
  await theater.play({ hurry: true, check: true })
  await expect(theater.performance().state).toBe('played')
}
