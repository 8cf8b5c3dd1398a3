import { cdp } from 'vitest/browser'

const NONE = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1, packetLoss: 0 }
const WHOLE = { ...NONE, latency: 1 }

const emulate = async (conditions: typeof NONE): Promise<void> => {
  await cdp().send('Network.emulateNetworkConditions', conditions)
}

/**
 * Puts the links of this page under control; to be called before they are made. Chromium looks whether a socket of
 * WebRTC is to be emulated when it makes the socket, and takes conditions without any delay for none: hence the 1 ms.
 */
export const controlNetwork = async (): Promise<void> => {
  await cdp().send('Network.enable')
  await emulate(WHOLE)
}

/** No packet of this page’s links passes any more; all else goes on. */
export const cutLinks = (): Promise<void> => emulate({ ...WHOLE, packetLoss: 100 })

/** No emulation any more. */
export const freeNetwork = (): Promise<void> => emulate(NONE)

/** Links that lived through a cut are out of control from then on: only so do they lose the packets held back. */
export const healLinks = async (): Promise<void> => {
  await freeNetwork()
  await emulate(WHOLE)
}
