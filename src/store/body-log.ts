import type { Dot, Entry } from '#model/entry'
import { seqOf } from '#model/entry-dot'

/** The bytes of applied entries, by dot. */
export interface BodyLog {
  /** Copies the bytes of entries, given in the same order, into one block for all of them. */
  add(entries: readonly Entry[], bodies: readonly Uint8Array[]): void
  /** A view, not to be written to. */
  readonly at: (dot: Dot) => Uint8Array | undefined
}

/**
 * Where the bodies of one author lie, seq 1 first. Three numbers an entry: an array of bytes for each would take more
 * memory than the bytes.
 */
interface Places {
  readonly blocks: number[]
  readonly starts: number[]
  readonly lengths: number[]
}

const totalOf = (count: number, bodies: readonly Uint8Array[]): number => {
  let total = 0
  for (let i = 0; i < count; i++) total += bodies[i]?.length ?? 0
  return total
}

/** Nothing kept yet. */
export const createBodyLog = (): BodyLog => {
  const blocks: Uint8Array[] = []
  const authors = new Map<string, Places>()
  const placesOf = (peerId: string): Places => {
    const known = authors.get(peerId)
    if (known) return known
    const places: Places = { blocks: [], starts: [], lengths: [] }
    authors.set(peerId, places)
    return places
  }
  return {
    add: (entries, bodies) => {
      const block = new Uint8Array(totalOf(entries.length, bodies))
      const index = blocks.push(block) - 1
      let start = 0
      entries.forEach((entry, i) => {
        const body = bodies[i]
        if (!body) return
        const places = placesOf(entry.peerId)
        const place = seqOf(entry) - 1
        block.set(body, start)
        places.blocks[place] = index
        places.starts[place] = start
        places.lengths[place] = body.length
        start += body.length
      })
    },
    at: ({ peerId, seq }) => {
      const places = authors.get(peerId)
      const [block, start, length] = [places?.blocks[seq - 1], places?.starts[seq - 1], places?.lengths[seq - 1]]
      if (block === undefined || start === undefined || length === undefined) return undefined
      return blocks[block]?.subarray(start, start + length)
    },
  }
}
