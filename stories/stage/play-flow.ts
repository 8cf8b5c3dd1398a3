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

/** React gives the focus back to where it was, also where that is gone with its frame, and test tools mind that. */
const leaveDevices = (): void => {
  if (document.activeElement instanceof HTMLIFrameElement) document.activeElement.blur()
}

/** Runs what is on the stage as fast as it goes, whatever comes of it. */
export const playSeed = async ({ canvasElement }: { readonly canvasElement: HTMLElement }): Promise<void> => {
  const theater = await theaterIn(canvasElement)
  await theater.play({ hurry: true })
}

/** The play function of every flow: plays it as fast as it goes, looks at the screens after each step, and again in the past. */
export const playFlow = async ({ canvasElement }: { readonly canvasElement: HTMLElement }): Promise<void> => {
  const theater = await theaterIn(canvasElement)
  try {
    await theater.play({ hurry: true, check: true })
    await theater.recall()
  } finally {
    leaveDevices()
  }
  await expect(theater.performance().state).toBe('played')
}
