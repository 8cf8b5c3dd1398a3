import { converged } from './company.ts'
import type { Device } from './device.ts'
import { fieldIs, put } from './field.ts'

/** Two devices that cannot hear each other both write: records of their own, and different fields of one. */
export const editApart = async (a: Device, b: Device): Promise<void> => {
  await put(a, 'of-a', { kwh: 1 })
  await put(b, 'of-b', { kwh: 2 })
  await put(a, 'shared', { kwh: 3 })
  await put(b, 'shared', { note: 'dog' })
}

/** Waits until the devices are one again, and every one of them has all of these edits. */
export const editsMet = async (...devices: [Device, ...Device[]]): Promise<void> => {
  await converged(...devices)
  for (const device of devices) {
    await fieldIs(device, 'of-a', 'kwh', 1)
    await fieldIs(device, 'of-b', 'kwh', 2)
    await fieldIs(device, 'shared', 'kwh', 3)
    await fieldIs(device, 'shared', 'note', 'dog')
  }
}
