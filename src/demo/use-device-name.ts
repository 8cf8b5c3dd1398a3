import { useCallback } from 'react'
import { useRecords, useSyncEngine } from '#react/index'
import { fieldOf, showValue } from './records/values.ts'
import { shortId } from './words.ts'

/** Resource type of the names that people gave their devices; the record id is the device id. */
export const DEVICE_TYPE = 'device'

/** Names a device for a person: the name it was given, or its short id, and whether it is this one. */
export const useDeviceName = (): ((peerId: string) => string) => {
  const devices = useRecords(DEVICE_TYPE)
  const { peerId: me } = useSyncEngine()
  return useCallback(
    (peerId) => {
      const name = showValue(
        fieldOf(
          devices.find(({ id }) => id === peerId),
          'name',
        ),
      )
      const called = name ? `${name} (${shortId(peerId)})` : shortId(peerId)
      return peerId === me ? `${called}, this device` : called
    },
    [devices, me],
  )
}
