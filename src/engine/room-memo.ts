import type { CryptoSuite } from '#trust/crypto.types'
import { openRoomKeys, type RoomKeys } from '#trust/room-keys'

/** Rooms that one page opens; more are simply opened anew. */
const MOST_ROOMS = 16

const opened = new WeakMap<CryptoSuite, Map<string, Promise<RoomKeys>>>()

const roomsOf = (suite: CryptoSuite): Map<string, Promise<RoomKeys>> => {
  const known = opened.get(suite) ?? new Map<string, Promise<RoomKeys>>()
  opened.set(suite, known)
  return known
}

/**
 * The keys of a secret, opened once for each suite, so in a page: 600,000 rounds are stretched for a secret that people
 * made up, and an app asks at least twice, by `openRoom` and by the start of its engine. Keys are kept, never the root.
 */
export const keysOfRoom = (suite: CryptoSuite, secret: string): Promise<RoomKeys> => {
  const rooms = roomsOf(suite)
  const known = rooms.get(secret)
  if (known) return known
  const [oldest] = rooms.keys()
  if (rooms.size >= MOST_ROOMS && oldest !== undefined) rooms.delete(oldest)
  const keys = openRoomKeys(suite, secret)
  rooms.set(secret, keys)
  // One that failed is tried again; whoever asked hears why.
  keys.catch(() => rooms.delete(secret))
  return keys
}
