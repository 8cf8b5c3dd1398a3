import type { SocketCommand, SocketFact, SocketInput } from '#machines/ports'
import type { SocketTrust } from '#trust/socket-trust.types'
import type { Signal } from '#wire/signal'
import { checkUnderTest } from '../check-harness.ts'
import type { Until } from '../contract-case.ts'
import { type Listened, listen } from '../listen.ts'
import { type Cast, createCast, type Role } from './cast.ts'
import {
  SERVER_SHAPE,
  type ServerBounds,
  type ServerUnderTest,
  type SocketHarness,
  type SocketPower,
} from './socket-harness.ts'

/** One device on the socket under test; its facts speak of devices by name. */
export interface Device extends Listened<SocketCommand, SocketFact> {
  /** Waits for a fact of this type, `count` of them (default 1). */
  readonly heard: (type: SocketFact['type'], count?: number) => Promise<void>
  /** Waits for the hello, joins, waits until it is in the room. */
  readonly join: () => Promise<void>
  /** Sends a signal; ids count up. */
  readonly tell: (to: string, signal: Signal) => void
}

/** What a case changes about a device. */
export interface DialChanges {
  readonly url?: string
  /** The room's name. */
  readonly room?: string
  /** As whom it joins, by id. */
  readonly peerId?: string
  /** What it uses in the place of its own keys. */
  readonly trust?: (own: SocketTrust) => SocketTrust
}

/** The devices and the server of one case. */
export interface Meeting {
  readonly server: ServerUnderTest
  readonly until: Until
  readonly cast: Cast
  /** A device that dials. */
  readonly dial: (name: string, changes?: DialChanges) => Promise<Device>
  /** A device that is in the room. */
  readonly joined: (name: string, room?: string, changes?: DialChanges) => Promise<Device>
}

export interface SocketCase {
  readonly id: string
  readonly says: string
  readonly needs?: SocketPower
  readonly bounds?: ServerBounds
  readonly check: (meeting: Meeting) => Promise<void>
}

export const ROOM = 'room-1'

interface Cue {
  readonly name: string
  readonly input: SocketInput
  readonly trust: SocketTrust
}

const createDevice = (server: ServerUnderTest, until: Until, cast: Cast, { name, input, trust }: Cue): Device => {
  const facts: SocketFact[] = []
  const note = (fact: SocketFact) => void facts.push(cast.named(fact))
  const { send, stop } = listen<SocketCommand, SocketFact, SocketInput>(server.socket(name, trust), input, note)
  const of: Device['of'] = <T extends SocketFact['type']>(type: T) =>
    facts.filter((fact): fact is Extract<SocketFact, { type: T }> => fact.type === type)
  let lastId = 0
  const heard: Device['heard'] = (type, count = 1) => until(`${name} heard ${type}`, () => of(type).length >= count)
  return {
    facts,
    of,
    send,
    stop,
    heard,
    join: async () => {
      await heard('socket.opened')
      send({ type: 'socket.join' })
      await heard('socket.joined')
    },
    tell: (to, signal) => send({ type: 'socket.send', to: cast.idOf(to), id: ++lastId, signal }),
  }
}

const cueOf = (name: string, role: Role, url: string, changes: DialChanges): Cue => ({
  name,
  input: { url: changes.url ?? url, room: role.roomId, peerId: changes.peerId ?? role.peerId },
  trust: changes.trust?.(role.trust) ?? role.trust,
})

/** Runs a case on a new server, and frees it and the devices. */
export const runSocketCase = async (harness: SocketHarness, { bounds = {}, check }: SocketCase): Promise<void> => {
  const server = checkUnderTest(SERVER_SHAPE, await harness.open(bounds), harness.powers)
  const cast = createCast(server.suite)
  const devices: Device[] = []
  const dial: Meeting['dial'] = async (name, changes = {}) => {
    const role = await cast.enter(name, changes.room ?? ROOM)
    const device = createDevice(server, harness.until, cast, cueOf(name, role, server.url, changes))
    devices.push(device)
    return device
  }
  const joined: Meeting['joined'] = async (name, room = ROOM, changes = {}) => {
    const device = await dial(name, { ...changes, room })
    await device.join()
    return device
  }
  try {
    await check({ server, until: harness.until, cast, dial, joined })
  } finally {
    for (const device of devices) device.stop()
    await server.dispose?.()
  }
}
