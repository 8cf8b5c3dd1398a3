import { FieldmeshError } from '#model/fault'
import { LIMITS } from '#model/limits'
import type { EnginePorts } from './ports.ts'
import { asRoom, type GivenRoom } from './room.ts'
import type { InspectOption, Logger, Room } from './types.ts'

/** What `createSyncEngine` takes. */
export interface SyncEngineOptions {
  /** A Room, or the secret of one. */
  readonly room: Room | string
  /** Address of a signaling server (ws:// or wss://), or null (default) for none; see `setSignaling`. */
  readonly signaling?: string | null
  /** STUN and TURN servers for links beyond one network; default none: no address leaves the local network. */
  readonly iceServers?: readonly RTCIceServer[]
  /** `name` tells apart several devices on one origin; default `default`. */
  readonly storage?: { readonly name?: string }
  /** Replaces parts of the world: other storage, another link, a simulation. */
  readonly ports?: Partial<EnginePorts>
  /** Direct links at most; further devices are listed and linked as others leave. Default 20. */
  readonly maxDirectPeers?: number
  /** Observer of every actor, as XState's `inspect`: a function or an observer. It sees content; see `redactedInspect`. */
  readonly inspect?: InspectOption
  /** Default: silent. */
  readonly logger?: Logger
}

/** Checked options with their defaults. */
export interface EngineSettings {
  readonly room: GivenRoom
  readonly signalingUrl: string | null
  readonly iceServers: readonly RTCIceServer[]
  readonly storeName: string
  readonly maxDirectPeers: number
  readonly ports: Partial<EnginePorts>
  readonly inspect: InspectOption | undefined
  readonly logger: Logger
}

const SILENT: Logger = { debug: () => {}, warn: () => {}, error: () => {} }
const MOST_DIRECT_PEERS = 64

/** @throws FieldmeshError `room-invalid`, `signaling-url`, `options-invalid` */
export const checkOptions = (options: SyncEngineOptions): EngineSettings => {
  if (typeof options !== 'object' || options === null)
    throw new FieldmeshError('options-invalid', 'createSyncEngine takes an object with a room.')
  const room = asRoom(options.room)
  return {
    room,
    signalingUrl: checkSignalingUrl(options.signaling ?? null),
    iceServers: checkIceServers(options.iceServers ?? []),
    storeName: `${checkStorageName(options.storage?.name ?? 'default')}.${room.tag}`,
    maxDirectPeers: checkDirectPeers(options.maxDirectPeers ?? LIMITS.directPeers),
    ports: options.ports ?? {},
    inspect: checkInspect(options.inspect),
    logger: options.logger ?? SILENT,
  }
}

/** @throws FieldmeshError `signaling-url` */
export const checkSignalingUrl = (url: unknown): string | null => {
  if (url === null) return null
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !['ws:', 'wss:'].includes(parsed.protocol))
    throw new FieldmeshError('signaling-url', `Got ${JSON.stringify(url)}.`)
  return parsed.href
}

const checkStorageName = (name: unknown): string => {
  if (typeof name === 'string' && /^[\w-]{1,64}$/.test(name)) return name
  throw new FieldmeshError('options-invalid', 'storage.name takes 1 to 64 letters, digits, _ or -.')
}

const checkDirectPeers = (count: unknown): number => {
  if (Number.isSafeInteger(count) && (count as number) >= 1 && (count as number) <= MOST_DIRECT_PEERS)
    return count as number
  throw new FieldmeshError('options-invalid', `maxDirectPeers takes a whole number from 1 to ${MOST_DIRECT_PEERS}.`)
}

const checkInspect = (inspect: unknown): InspectOption | undefined => {
  const observes = typeof inspect === 'object' && inspect !== null && 'next' in inspect
  if (inspect === undefined || typeof inspect === 'function' || (observes && typeof inspect.next === 'function'))
    return inspect as InspectOption | undefined
  throw new FieldmeshError('options-invalid', 'inspect takes a function, or an observer with next().')
}

const checkIceServers = (servers: unknown): readonly RTCIceServer[] => {
  const wellFormed =
    Array.isArray(servers) &&
    servers.every((server: unknown) => typeof server === 'object' && server !== null && 'urls' in server)
  if (wellFormed) return servers as readonly RTCIceServer[]
  throw new FieldmeshError(
    'options-invalid',
    'iceServers takes a list of RTCIceServer, such as [{ urls: "stun:stun.example.org" }].',
  )
}
