import { expect, userEvent, waitFor, within } from 'storybook/test'
import type { Screens } from '../stage/flow.types.ts'

/** Looks until the page has drawn what it shows. */
export const shows = (look: () => void): Promise<void> => waitFor(look, { timeout: 30_000 })

/** The words at the head of a device's screen: its connection, and what it has to send. */
export const head = (screens: Screens, device: string, connection: string, outbox?: string): Promise<void> =>
  shows(() => {
    const screen = within(screens(device))
    void expect(screen.getByTestId('connection-state')).toHaveTextContent(connection)
    if (outbox !== undefined) void expect(screen.getByTestId('outbox-count')).toHaveTextContent(outbox)
  })

/** What a device has to send, in the words at its head. */
export const toSend = (screens: Screens, device: string, words: string): Promise<void> =>
  shows(() => void expect(within(screens(device)).getByTestId('outbox-count')).toHaveTextContent(words))

/** How many records a device lists. */
export const lists = (screens: Screens, device: string, count: number): Promise<void> =>
  shows(
    () => void expect(within(screens(device)).getByTestId('row-count')).toHaveAttribute('data-count', String(count)),
  )

/** Some words anywhere on a device's screen. */
export const says = (screens: Screens, device: string, words: string | RegExp): Promise<void> =>
  shows(() => void expect(within(screens(device)).getAllByText(words, { exact: false })[0]).toBeVisible())

/** Goes to another screen of the app. */
export const goTo = async (screens: Screens, device: string, tab: string): Promise<void> => {
  await userEvent.click(await within(screens(device)).findByTestId(`tab-${tab}`))
}

/** Clicks what stands under a test id, or its beginning. */
export const press = async (screens: Screens, device: string, testId: string | RegExp): Promise<void> => {
  await userEvent.click(await within(screens(device)).findByTestId(testId))
}
