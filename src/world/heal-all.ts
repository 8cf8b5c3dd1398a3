import { CALM_ROAD } from '#sim/network'
import type { World } from './types.ts'

/** Ends every fault there is, as people and time would: what gave up is asked to try again. */
export const healAll = async ({ devices, network, server, hostiles }: World): Promise<void> => {
  network.healAll()
  network.shape(CALM_ROAD)
  for (const hostile of hostiles) hostile.leave()
  server.misbehave({})
  if (!server.isUp) server.start()
  for (const device of devices) {
    device.setClock(0)
    device.disk.free()
    device.disk.setSlowness(2)
    device.thaw()
    device.wake()
  }
  await Promise.all(devices.map((device) => device.start()))
  for (const { engine } of devices) engine.retry()
}
