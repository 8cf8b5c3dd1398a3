import type { World } from './types.ts'

/** Ends every fault there is; roads keep their shape. Nobody is asked to try again: what can recover by itself must. */
export const healAll = async ({ devices, network, server, hostiles }: World): Promise<void> => {
  network.healAll()
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
}
