import type { CDPSession, Page } from 'playwright'
import type { Device, Preparation } from './device.ts'

/** What of a device's network is broken. */
export type Cut =
  /** Wi-Fi that keeps its devices apart, or a wall: links carry nothing either way, the signaling server answers. */
  | 'links'
  /** Others hear nothing of this device, and it hears them: a weak antenna at one end. */
  | 'links-outbound'
  /** Airplane mode: no link, no server, and the browser says that it is offline. */
  | 'everything'

const sessions = new WeakMap<Page, CDPSession>()

/**
 * Puts the page's network under control; to be called before the app is opened. Chromium looks whether a socket of
 * WebRTC is to be emulated when it makes the socket, and takes conditions without any delay for none: hence the 1 ms.
 */
export const controlNetwork: Preparation = async (page) => {
  const session = await page.context().newCDPSession(page)
  sessions.set(page, session)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', WHOLE)
}

/** A device whose page's network is under control. */
type Controlled = Pick<Device, 'page' | 'name'>

/** Breaks the device's network under living links: every RTCPeerConnection stays, and no packet passes. */
export const cutNetwork = (device: Controlled, cut: Cut): Promise<void> => emulate(device, CUTS[cut])

/**
 * Makes the device's network whole again. Links that lived through it are out of control from then on: only with the
 * emulation taken from them do they lose the packets that it held back.
 */
export const healNetwork = async (device: Controlled): Promise<void> => {
  await emulate(device, NONE)
  await emulate(device, WHOLE)
}

interface Conditions {
  readonly offline: boolean
  readonly latency: number
  /** Bytes per second; -1 for as fast as can be. */
  readonly downloadThroughput: number
  readonly uploadThroughput: number
  /** Percent of WebRTC's packets. */
  readonly packetLoss: number
  /** WebRTC's packets that may wait to be sent; 0 for any number. */
  readonly packetQueueLength: number
}

const NONE: Conditions = {
  offline: false,
  latency: 0,
  downloadThroughput: -1,
  uploadThroughput: -1,
  packetLoss: 0,
  packetQueueLength: 0,
}
const WHOLE: Conditions = { ...NONE, latency: 1 }
const CUTS: Record<Cut, Conditions> = {
  links: { ...WHOLE, packetLoss: 100 },
  // One packet takes minutes to leave, and the others find the queue full.
  'links-outbound': { ...WHOLE, uploadThroughput: 0.1, packetQueueLength: 1 },
  everything: { ...WHOLE, offline: true, packetLoss: 100 },
}

const emulate = async ({ page, name }: Controlled, conditions: Conditions): Promise<void> => {
  const session = sessions.get(page)
  if (!session) throw new Error(`the network of ${name} is not under control`)
  await session.send('Network.emulateNetworkConditions', conditions)
}
