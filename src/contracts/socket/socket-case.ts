import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import type { Signal } from '#wire/signal'
import { checkUnderTest } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'
import { type Listened, listen } from '../listen.ts'
import {
  SERVER_SHAPE,
  type ServerBounds,
  type ServerUnderTest,
  type SocketHarness,
  type SocketPower,
} from './socket-harness.ts'

/** One device on the socket under test. */
export interface Device extends Listened<SocketCommand, SocketFact> {
  /** Waits for a fact of this type, `count` of them (default 1). */
  readonly heard: (type: SocketFact['type'], count?: number) => Promise<void>
  /** Waits for the hello, joins, waits until it is in the room. */
  readonly join: () => Promise<void>
  /** Sends a signal; ids count up. */
  readonly tell: (to: string, signal: Signal) => void
}

/** The devices and the server of one case. */
export interface Meeting {
  readonly server: ServerUnderTest
  readonly until: Until
  /** A device that dials. */
  readonly dial: (peerId: string, changes?: Partial<SocketInput>) => Device
  /** A device that is in the room. */
  readonly joined: (peerId: string, room?: string) => Promise<Device>
}

export interface SocketCase {
  readonly id: string
  readonly says: string
  readonly needs?: SocketPower
  readonly bounds?: ServerBounds
  readonly check: (meeting: Meeting) => Promise<void>
}

export const ROOM = 'room-1'

const createDevice = (server: ServerUnderTest, until: Until, input: SocketInput): Device => {
  const listened = listen<SocketCommand, SocketFact, SocketInput>(server.socket(input.peerId), input)
  let lastId = 0
  const heard: Device['heard'] = (type, count = 1) =>
    until(`${input.peerId} heard ${type}`, () => listened.of(type).length >= count)
  return {
    ...listened,
    heard,
    join: async () => {
      await heard('socket.opened')
      listened.send({ type: 'socket.join' })
      await heard('socket.joined')
    },
    tell: (to, signal) => listened.send({ type: 'socket.send', to, id: ++lastId, signal }),
  }
}

/** Runs a case on a new server, and frees it and the devices. */
export const runSocketCase = async (harness: SocketHarness, { bounds = {}, check }: SocketCase): Promise<void> => {
  const server = checkUnderTest(SERVER_SHAPE, await harness.open(bounds), harness.powers)
  const devices: Device[] = []
  const dial: Meeting['dial'] = (peerId, changes) => {
    const device = createDevice(server, harness.until, { url: server.url, room: ROOM, peerId, ...changes })
    devices.push(device)
    return device
  }
  const joined: Meeting['joined'] = async (peerId, room = ROOM) => {
    const device = dial(peerId, { room })
    await device.join()
    return device
  }
  try {
    await check({ server, until: harness.until, dial, joined })
  } finally {
    for (const device of devices) device.stop()
    await server.dispose?.()
  }
}
