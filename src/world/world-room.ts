import type { Room } from '#engine/types'
import { base64url } from '#model/base64url'
import type { SimCrypto } from '#sim/crypto'
import type { Random } from '#sim/random'
import type { Policy } from '#trust/membership/membership.types'
import { formatRoomSecret } from '#trust/membership/room-secret'

/** The room that every device of a world is in. */
export interface WorldRoom {
  readonly secret: string
  /** As a device is given it: the first one has the founder's key, where there is one. */
  readonly givenTo: (device: string) => Room | string
}

/** Words, as people make them up. */
const WORDS = 'the room of the world'
const FOUNDER = 'a'

export const createWorldRoom = (policy: Policy, crypto: SimCrypto, random: Random): WorldRoom => {
  if (policy === 'secret-only') return { secret: WORDS, givenTo: () => WORDS }
  const secret = base64url(random.bytes(32))
  if (policy === 'tofu') {
    const text = formatRoomSecret({ secret, policy })
    return { secret: text, givenTo: () => text }
  }
  const seed = random.bytes(32)
  const text = formatRoomSecret({ secret, policy, root: base64url(crypto.signerOf(seed).publicKey) })
  // Its id follows from the secret, once the keys of the room are there.
  const founded = { secret: text, founder: base64url(seed) } as Room
  return { secret: text, givenTo: (device) => (device === FOUNDER ? founded : text) }
}
