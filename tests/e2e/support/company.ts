import type { Explanation } from '#engine/types'
import { type Device, linkTrack } from './device.ts'
import { linkedTo, until, view } from './field.ts'

/** Waits until every device is linked to every other. */
export const allLinked = (...devices: Device[]): Promise<unknown> =>
  Promise.all(devices.map((device) => linkedTo(device, devices.length - 1)))

/**
 * Waits until every device is linked to every other, none lacks anything, every outbox is empty and all see the same
 * records and conflicts.
 */
export const converged = async (...devices: [Device, ...Device[]]): Promise<void> => {
  await allLinked(...devices)
  await Promise.all(devices.map(lackingNothing))
  const seen = await view(devices[0])
  await Promise.all(devices.map((device) => seesAs(device, seen)))
}

const lackingNothing = (device: Device) =>
  until(
    device,
    'nobody lacks anything',
    () => {
      const status = window.fieldmesh?.engine.store.getStatus()
      return status?.outboxCount === 0 && status.peers.every(({ lacks, ahead }) => lacks === 0 && ahead === 0)
    },
    null,
  )

const seesAs = (device: Device, seen: string) =>
  until(
    device,
    'sees what the first device sees',
    (wanted) =>
      JSON.stringify([window.fieldmesh?.engine.records('reading'), window.fieldmesh?.engine.conflicts()]) === wanted,
    seen,
  )

/** The device's own id. */
export const idOf = (device: Device): Promise<string> =>
  device.page.evaluate(() => window.fieldmesh?.engine.peerId ?? '')

/** What the device says of another: why there is no link, and what to do. */
export const wordsAbout = async (device: Device, other: Device): Promise<Explanation> => {
  const id = await idOf(other)
  const [words] = await device.page.evaluate((peerId) => window.fieldmesh?.engine.explain(peerId) ?? [], id)
  if (!words) throw new Error(`${device.name} says nothing of ${other.name}`)
  return words
}

/** Every fault that the device explains now. */
export const faultsOf = (device: Device): Promise<string[]> =>
  device.page.evaluate(() => (window.fieldmesh?.engine.explain() ?? []).flatMap(({ fault }) => fault ?? []))

/** The two in the order in which links are made: the lower id dials, the other answers. */
export const byRole = async (one: Device, other: Device): Promise<{ dialer: Device; answerer: Device }> =>
  (await idOf(one)) < (await idOf(other)) ? { dialer: one, answerer: other } : { dialer: other, answerer: one }

/** RTCPeerConnections that each device has open. */
export const openLinks = async (...devices: Device[]): Promise<number[]> =>
  (await Promise.all(devices.map(linkTrack))).map(({ open }) => open)

/** RTCPeerConnections that the busiest of the devices has made since its page was loaded. */
export const linksMade = async (...devices: Device[]): Promise<number> =>
  Math.max(...(await Promise.all(devices.map(linkTrack))).map(({ made }) => made))
