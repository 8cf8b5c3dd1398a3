import type { FaultCode } from '#model/fault'
import { LIMITS } from '#model/limits'
import { type Chunk, parseChunk } from './chunk.ts'
import { inflateCapped } from './deflate.ts'
import type { Depot, DepositOutcome } from './depot-types.ts'
import { joined } from './joined.ts'
import { messageLimit } from './kinds.ts'
import type { Ticket } from './messages.ts'

/**
 * An empty depot; one serves all links of an engine. It keeps what it is given without a copy: bytes that were put
 * or deposited are not to be written to afterwards.
 */
export const createDepot = (): Depot => new ByteDepot()

/** One message: ours, or received and whole, or half received. */
interface Parcel {
  readonly ticket: Ticket
  readonly owner: string
  readonly parts: Uint8Array[]
  bytes: number
  /** What the first chunk of a received message said of it; absent for one of ours. */
  readonly head?: Head
}

type Head = Omit<Chunk, 'payload'>

interface Shelf {
  bytes: number
  /** Half received, by msgId; and their bytes. */
  readonly open: Map<number, Parcel>
  openBytes: number
  /** Whole ones. */
  readonly resting: Set<Ticket>
  /** The last half-received messages that we gave up: their late chunks are no offense. */
  readonly givenUp: number[]
}

class ByteDepot implements Depot {
  readonly #parcels = new Map<Ticket, Parcel>()
  readonly #shelves = new Map<string, Shelf>()
  #bytes = 0
  #tickets = 0

  get bytes(): number {
    return this.#bytes
  }

  bytesOf(owner: string): number {
    return this.#shelves.get(owner)?.bytes ?? 0
  }

  openMessages(owner: string): number {
    return this.#shelves.get(owner)?.open.size ?? 0
  }

  put(owner: string, bytes: Uint8Array): Ticket | undefined {
    const shelf = this.#shelf(owner)
    if (this.#lacksRoom(shelf, bytes.length) || isCrowded(shelf)) return undefined
    const parcel = this.#parcel(owner)
    this.#add(shelf, parcel, bytes)
    shelf.resting.add(parcel.ticket)
    return parcel.ticket
  }

  deposit(owner: string, frame: Uint8Array): DepositOutcome {
    const parsed = parseChunk(frame)
    if (parsed.ok) return this.#place(owner, this.#shelf(owner), parsed.chunk)
    const spoiled = parsed.msgId === undefined ? undefined : this.#shelves.get(owner)?.open.get(parsed.msgId)
    if (spoiled) this.#remove(spoiled)
    return refused(parsed.fault, parsed.reason)
  }

  take(ticket: Ticket): Uint8Array | undefined {
    const parcel = this.#parcels.get(ticket)
    if (!parcel || !this.#shelves.get(parcel.owner)?.resting.has(ticket)) return undefined
    this.#remove(parcel)
    const [only, ...more] = parcel.parts
    const bytes = only && more.length === 0 ? only : joined(parcel.parts, parcel.bytes)
    return parcel.head?.deflated ? inflateCapped(bytes, messageLimit(parcel.head.kind)) : bytes
  }

  drop(ticket: Ticket): void {
    const parcel = this.#parcels.get(ticket)
    if (!parcel) return
    const shelf = this.#shelves.get(parcel.owner)
    if (parcel.head && shelf && !shelf.resting.has(ticket)) giveUp(shelf, parcel.head.msgId)
    this.#remove(parcel)
  }

  dropAll(owner: string): void {
    const shelf = this.#shelves.get(owner)
    if (!shelf) return
    this.#shelves.delete(owner)
    this.#bytes -= shelf.bytes
    for (const ticket of shelf.resting) this.#parcels.delete(ticket)
    for (const { ticket } of shelf.open.values()) this.#parcels.delete(ticket)
  }

  #place(owner: string, shelf: Shelf, chunk: Chunk): DepositOutcome {
    const open = shelf.open.get(chunk.msgId)
    const violation = chunk.index === 0 ? opening(shelf, open) : continuing(shelf, open, chunk)
    const fault = violation ?? lacksOpenRoom(shelf, chunk) ?? this.#lacksRoom(shelf, chunk.payload.length)
    if (fault) {
      if (open) this.#remove(open)
      if (isNobodysFault(fault)) giveUp(shelf, chunk.msgId)
      return fault
    }
    const { payload, ...head } = chunk
    const parcel = open ?? this.#parcel(owner, head)
    this.#add(shelf, parcel, own(payload))
    return settle(shelf, parcel, chunk)
  }

  #shelf(owner: string): Shelf {
    const known = this.#shelves.get(owner)
    if (known) return known
    const shelf: Shelf = { bytes: 0, open: new Map(), openBytes: 0, resting: new Set(), givenUp: [] }
    this.#shelves.set(owner, shelf)
    return shelf
  }

  #parcel(owner: string, head?: Head): Parcel {
    const ticket = `t${++this.#tickets}`
    const parcel: Parcel = { ticket, owner, parts: [], bytes: 0, ...(head && { head }) }
    this.#parcels.set(ticket, parcel)
    return parcel
  }

  #lacksRoom(shelf: Shelf, bytes: number): DepositOutcome | undefined {
    if (shelf.bytes + bytes > LIMITS.peerBytes) return refused('wire-limit', 'this device sent too much at once')
    if (this.#bytes + bytes > LIMITS.depotBytes) return refused('depot-full', 'all devices sent too much at once')
    return undefined
  }

  #add(shelf: Shelf, parcel: Parcel, part: Uint8Array): void {
    parcel.parts.push(part)
    parcel.bytes += part.length
    shelf.bytes += part.length
    this.#bytes += part.length
  }

  #remove({ ticket, owner, bytes, head }: Parcel): void {
    this.#parcels.delete(ticket)
    const shelf = this.#shelves.get(owner)
    if (!shelf) return
    shelf.bytes -= bytes
    this.#bytes -= bytes
    const wasResting = shelf.resting.delete(ticket)
    if (head && !wasResting && shelf.open.delete(head.msgId)) shelf.openBytes -= bytes
  }
}

const opening = (shelf: Shelf, open: Parcel | undefined): DepositOutcome | undefined => {
  if (open) return refused('wire-malformed', 'a message was opened twice')
  if (isCrowded(shelf)) return refused('wire-limit', `${shelf.resting.size} messages wait to be digested`)
  if (shelf.open.size >= LIMITS.openMessagesPerPeer) return refused('wire-limit', `${shelf.open.size} open messages`)
  return undefined
}

const continuing = (shelf: Shelf, open: Parcel | undefined, chunk: Chunk): DepositOutcome | undefined => {
  const { msgId, index } = chunk
  if (!open && shelf.givenUp.includes(msgId)) return refused('message-stalled', 'a chunk of a message given up')
  if (!open?.head) return refused('wire-malformed', `chunk ${index} of a message that was not opened`)
  if (!agree(open.head, chunk)) return refused('wire-malformed', 'the chunks of a message disagree')
  if (index !== open.parts.length) return refused('wire-malformed', `chunk ${index} where ${open.parts.length} belongs`)
  return undefined
}

/** The last chunk closes its message, and takes no room among the open ones. */
const lacksOpenRoom = ({ openBytes }: Shelf, { index, total, payload }: Chunk): DepositOutcome | undefined =>
  index < total - 1 && openBytes + payload.length > LIMITS.openBytesPerPeer
    ? refused('wire-limit', 'this device began too much at once')
    : undefined

/** Others fill the depot: the rest of the message is on its way, and is no offense. */
const isNobodysFault = (outcome: DepositOutcome): boolean => outcome.is === 'refused' && outcome.fault === 'depot-full'

const agree = (a: Head, b: Head): boolean =>
  a.total === b.total &&
  a.totalBytes === b.totalBytes &&
  a.kind === b.kind &&
  a.deflated === b.deflated &&
  a.priority === b.priority

const settle = (shelf: Shelf, parcel: Parcel, { msgId, kind, total, index, payload }: Chunk): DepositOutcome => {
  const { ticket } = parcel
  const isWhole = index === total - 1
  if (isWhole) {
    if (shelf.open.delete(msgId)) shelf.openBytes -= parcel.bytes - payload.length
    shelf.resting.add(ticket)
  } else {
    shelf.open.set(msgId, parcel)
    shelf.openBytes += payload.length
  }
  return { is: isWhole ? 'completed' : index === 0 ? 'opened' : 'grew', msgId, ticket, kind, total, index }
}

const giveUp = ({ givenUp }: Shelf, msgId: number): void => {
  givenUp.push(msgId)
  if (givenUp.length > LIMITS.openMessagesPerPeer) givenUp.shift()
}

const isCrowded = ({ resting }: Shelf): boolean => resting.size >= LIMITS.restingMessagesPerPeer

/** A view of a larger buffer is copied: keeping it would keep the whole buffer, unseen by the limits. */
const own = (payload: Uint8Array): Uint8Array =>
  payload.buffer.byteLength > LIMITS.chunkBytes ? payload.slice() : payload

const refused = (fault: FaultCode, reason: string): DepositOutcome => ({ is: 'refused', fault, reason })
