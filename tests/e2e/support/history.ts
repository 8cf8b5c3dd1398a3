import type { Device } from './device.ts'
import { until } from './field.ts'

/** What a device said of another at a moment. */
export interface Said {
  /** ms on the page's monotonic clock, as `performance.now()` there. */
  readonly at: number
  readonly peerId: string
  readonly state: string
  readonly fault: string | undefined
}

declare global {
  interface Window {
    /** What the device said of the others, as `watchPeers` wrote it down. */
    peerHistory?: Said[]
    /** What the links, the heart and the page told the charts, as `watchPeers` wrote it down. */
    worldFacts?: string[]
  }
}

/** Begins to write down whatever the device says of the others; once for each page. */
export const watchPeers = (device: Device): Promise<void> =>
  device.page.evaluate(() => {
    const last = new Map<string, string>()
    const history: Said[] = []
    window.peerHistory = history
    const store = window.fieldmesh?.engine.store
    const look = () => {
      for (const { peerId, state, fault } of store?.getStatus().peers ?? []) {
        const now = `${state} ${fault}`
        if (last.get(peerId) === now) continue
        last.set(peerId, now)
        history.push({ at: performance.now(), peerId, state, fault })
      }
    }
    look()
    store?.subscribe(look)
    const facts: string[] = []
    window.worldFacts = facts
    window.fieldmesh?.engine.actor.system.inspect({
      next: (seen) => {
        if (seen.type === '@xstate.event' && /^(link|pulse|page)\./.test(seen.event.type)) facts.push(seen.event.type)
      },
    })
  })

/** What the device's links, heart and page have told the charts since, in order, by the names of the events. */
export const worldFacts = (device: Device): Promise<string[]> => device.page.evaluate(() => window.worldFacts ?? [])

/** Waits until the charts of the device were told such a fact. */
export const wasTold = (device: Device, fact: string) =>
  until(device, `was told ${fact}`, (wanted) => window.worldFacts?.includes(wanted) === true, fact)

/** What the device has said of the others since. */
export const peerHistory = (device: Device): Promise<Said[]> => device.page.evaluate(() => window.peerHistory ?? [])

/** Waits until the device has said of some other that it is in the state. */
export const hasSaid = (device: Device, state: string) =>
  until(
    device,
    `has said ${state}`,
    (wanted) => window.peerHistory?.some((said) => said.state === wanted) === true,
    state,
  )

/** What may truly be said of a device that sleeps: that its network is at fault is not among it. */
export const TRUE_OF_SLEEP = [
  'link-silent',
  'link-closed',
  'link-unanswered',
  'link-failed',
  'peer-absent',
  'attempts-exhausted',
]
/** What may truly be said of a device that no packet of a link reaches. */
export const TRUE_OF_A_CUT = [...TRUE_OF_SLEEP, 'link-timeout']

/** Faults that the devices have said of each other, and that are not among the true ones. */
export const untrueWords = async (truths: readonly string[], ...devices: Device[]): Promise<string[]> => {
  const said = (await Promise.all(devices.map(peerHistory))).flat()
  return said.flatMap(({ fault }) => (fault && !truths.includes(fault) ? [fault] : []))
}
