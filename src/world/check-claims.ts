import { type Chronicle, readOn, type Shelf, shelfOf } from './check-chronicle.ts'
import { placeOf } from './check-disk.ts'

/** What one device was told that another stored. */
interface Claim {
  readonly by: string
  readonly place: string
}

/**
 * Whatever a device shows as stored elsewhere is on that disk now (WORLD-7). Asked for the newest entry of each author
 * and one older, since who has an entry has all before it.
 */
export const checkClaims = (chronicle: Chronicle): void => {
  for (const [name, claims] of claimsOf(chronicle)) {
    const device = chronicle.world.device(name)
    readOn(chronicle, device, ({ held }) => {
      for (const { by, place } of claims)
        if (!held.has(place))
          chronicle.findings.add(
            'WORLD-7',
            `${by} shows that ${name} stored ${place}, and it is not on the disk of ${name}`,
          )
    })
  }
}

const claimsOf = (chronicle: Chronicle): ReadonlyMap<string, readonly Claim[]> => {
  const claims = new Map<string, Claim[]>()
  for (const { device } of chronicle.shelves) {
    if (device.state !== 'running' || device.engine.store.getStatus().phase !== 'running') continue
    for (const { peerId, seq } of sampleOf(chronicle, shelfOf(chronicle, device))) {
      const claim = { by: device.name, place: placeOf(peerId, seq) }
      for (const holder of device.engine.receipts({ peerId, seq }).on) {
        const name = nameOf(chronicle, holder)
        if (name !== undefined) claims.set(name, [...(claims.get(name) ?? []), claim])
      }
    }
  }
  return claims
}

/** The newest entry of each author, and one in the middle; what a fork made ambiguous proves nothing. */
const sampleOf = ({ forks }: Chronicle, { reach }: Shelf) =>
  [...reach].flatMap(([peerId, last]) =>
    [...new Set([last, Math.ceil(last / 2)])]
      .filter((seq) => seq > 0 && seq < (forks.get(peerId) ?? Number.POSITIVE_INFINITY))
      .map((seq) => ({ peerId, seq })),
  )

/** Whose id it is; undefined for one that a lost disk had before, for what it promised is no promise any more. */
const nameOf = ({ owners }: Chronicle, peerId: string): string | undefined => {
  const owner = owners.get(peerId)
  return owner && owner.era === owner.shelf.device.disk.losses ? owner.shelf.device.name : undefined
}
