import { createRoom, type Room } from './room.ts'

/** The rooms that have a device on this node; a room lives from its first to its last. */
export interface Rooms {
  readonly size: number
  open(id: string): Room
  /** Lets the room go if nobody on this node is in it any more. */
  release(id: string): void
}

export const createRooms = (options: Omit<Parameters<typeof createRoom>[0], 'id'>): Rooms => {
  const rooms = new Map<string, Room>()
  return {
    get size() {
      return rooms.size
    },
    open(id) {
      const room = rooms.get(id) ?? createRoom({ ...options, id })
      rooms.set(id, room)
      return room
    },
    release(id) {
      const room = rooms.get(id)
      if (room === undefined || room.size > 0) return
      rooms.delete(id)
      room.close()
    },
  }
}
