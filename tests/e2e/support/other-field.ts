import { closeDevices, type Device, openDevice } from './device.ts'
import { running } from './field.ts'
import { startProgram, stopPrograms } from './server.ts'

/** The app, with a signaling server of the test's choice. */
export interface OtherField {
  open(name: string, room: string, signalingPort: number): Promise<CountedDevice>
  close(): Promise<void>
}

/** A device whose attempts at the signaling server are counted. */
export interface CountedDevice extends Device {
  /** When each WebSocket was made, ms on the test's monotonic clock. */
  readonly attempts: number[]
}

export const openOtherField = async (): Promise<OtherField> => {
  const app = await startProgram('start')
  return {
    open: async (name, room, signalingPort) => {
      const attempts: number[] = []
      const url = `http://127.0.0.1:${app.port}/?signaling=ws://127.0.0.1:${signalingPort}#room=${room}`
      const device = await openDevice(name, url, async (page) => {
        page.on('websocket', () => attempts.push(performance.now()))
      })
      await running(device)
      return { ...device, attempts }
    },
    close: async () => {
      await closeDevices()
      await stopPrograms()
    },
  }
}
