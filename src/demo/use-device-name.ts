import { useCallback } from 'react'
import { useMembers, useRecords, useSyncEngine } from '#react/index'
import { fieldOf, showValue } from './records/values.ts'
import { shortId } from './words.ts'

/** Resource type of the names that people gave their devices; the record id is the device id. */
export const DEVICE_TYPE = 'device'

/**
 * Names a device for a person: the name it was given, or its short id, and whether it is this one. Where admins admit
 * devices, the name that one of them confirmed goes before the one that a device gave itself; the founder's key confirms
 * none.
 */
export const useDeviceName = (): ((peerId: string) => string) => {
  const devices = useRecords(DEVICE_TYPE)
  const { list, policy } = useMembers()
  const { peerId: me } = useSyncEngine()
  return useCallback(
    (peerId) => {
      const record = devices.find(({ id }) => id === peerId)
      const own = showValue(fieldOf(record, 'name'))
      const { name: confirmed, by } = list.find((member) => member.peerId === peerId) ?? {}
      const isConfirmed = policy === 'certified' && by !== 'root'
      const name = isConfirmed ? confirmed || own : own || confirmed
      const called = name ? `${name} (${shortId(peerId)})` : shortId(peerId)
      return peerId === me ? `${called}, this device` : called
    },
    [devices, list, policy, me],
  )
}
