import type { SyncEngine } from '#engine/types'
import { syncEngineView } from '#machines/sync-engine/sync-engine.view'
import { type Chronicle, readAnew, type Shelf, shelfOf } from './check-chronicle.ts'
import { checkFault, followActors } from './check-complaints.ts'

type EngineSnapshot = Parameters<typeof syncEngineView>[0]

const followed = new WeakSet<object>()

/** Follows a device from life to life: what it begins with, as whom, and what it complains of. */
export const followLife = (chronicle: Chronicle, { device }: Shelf): void => {
  const shelf = shelfOf(chronicle, device)
  const engine = device.state === 'off' ? undefined : device.engine
  if (engine) checkIdentity(chronicle, shelf)
  if (engine ? followed.has(engine) : shelf.engine === undefined) return
  if (shelf.engine !== engine) Object.assign(shelf, { engine, last: new Map() })
  readAnew(chronicle, device)
  if (!engine) return
  followed.add(engine)
  shelf.openings += 1
  engine.on('fault', (event) => {
    checkFault(chronicle, device.name, event)
    if (event.fault === 'author-forked') noteRetired(shelf, engine)
  })
  followActors(chronicle, device.name, engine)
  followPhase(shelf, engine)
  noteRetired(shelf, engine)
}

/** Its phase moves with the root of its actors alone; to hear every status would cost an eighth of a run. */
const followPhase = (shelf: Shelf, engine: SyncEngine): void => {
  let before: string | undefined
  engine.actor.subscribe((snapshot: EngineSnapshot) => {
    const { phase } = syncEngineView(snapshot)
    if (phase === before) return
    before = phase
    if (phase !== 'running') shelf.last = new Map()
    if (phase === 'opening') shelf.openings += 1
  })
}

const noteRetired = (shelf: Shelf, engine: SyncEngine): void => {
  const { phase, fault } = engine.store.getStatus()
  if (phase === 'running' && fault === 'author-forked')
    shelf.retired ??= { peerId: engine.peerId, opening: shelf.openings }
}

/** WORLD-16. */
const checkIdentity = ({ findings }: Chronicle, { device, retired, openings }: Shelf): void => {
  const { engine, name } = device
  if (!retired || retired.opening === openings || engine.store.getStatus().phase !== 'running') return
  if (engine.peerId === retired.peerId)
    findings.add('WORLD-16', `${name} started again as ${engine.peerId}, whose log it found forked`)
}
