import { FieldmeshError } from '#model/fault'
import type { Machine } from './machine.ts'
import type { WorldDisk } from './types.ts'

/**
 * The disk of a device as a test speaks of it: what cannot be done to one in use is refused. Its keys are wiped with it,
 * and stay as they are where a backup is put back.
 */
export const createWorldDisk = ({ disk, keys }: Pick<Machine, 'disk' | 'keys'>, isOff: () => boolean): WorldDisk => {
  let isBackedUp = false
  const insist = (holds: boolean, says: string): void => {
    if (!holds) throw new FieldmeshError('options-invalid', says)
  }
  return {
    fill: disk.fill,
    free: disk.free,
    failNext: disk.failNext,
    setSlowness: disk.setSlowness,
    backup: () => {
      disk.backup()
      isBackedUp = true
    },
    restore: () => {
      insist(isOff(), 'Restore a device while it is off: call crash() or stop() first.')
      insist(isBackedUp, 'There is nothing to restore: call backup() first.')
      disk.restore()
    },
    wipe: () => {
      insist(isOff(), 'Wipe a device while it is off: call crash() or stop() first.')
      disk.wipe()
      keys.wipe()
    },
    look: disk.look,
    get losses() {
      return disk.losses
    },
    get opened() {
      return disk.opened
    },
  }
}
