import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createSyncEngine } from '#engine/create-sync-engine'
import { openRoom, createRoom as createSyncRoom } from '#engine/room'
import type { Room, SyncEngine } from '#engine/types'
import { toFieldmeshError } from '#model/fault'
import { SyncProvider } from '#react/index'
import { actAsFounder } from './act-as-founder.ts'
import { inviteLink, readAddress, withSignaling } from './address.ts'
import { App } from './app.tsx'
import { recordFaults } from './fault-log.ts'
import { offerInspection } from './inspection.ts'
import { keepAddress } from './keep-address.ts'
import { KEEPERS, keepRoom, keptRoom } from './kept-room.ts'
import { BootProblem, DAMAGED, type Trouble } from './screens/boot-problem.tsx'
import { signalingInUse } from './signaling-address.ts'
import { trustScripts } from './trusted-scripts.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/screens.css'

declare global {
  interface Window {
    /** For developers: the running engine, as in `fieldmesh.engine.explain()`. */
    fieldmesh?: { readonly engine: SyncEngine }
  }
}

/** The room to open: of the address, or kept from before, or a new one. A server kept with it goes into the address. */
const chooseRoom = async (): Promise<Room> => {
  const { secret, fresh, membership = 'secret-only', device, signaling } = readAddress(location.href)
  if (secret) return openRoom(secret)
  const kept = fresh ? {} : keptRoom(KEEPERS, device)
  if (!signaling && kept.signaling) history.replaceState(null, '', withSignaling(location.href, kept.signaling))
  return kept.secret ? openRoom(kept.secret) : createSyncRoom({ membership })
}

interface Opened {
  readonly engine: SyncEngine
  /** To be shown once; nothing keeps it. */
  readonly founder: string | undefined
  readonly onFounder: (key: string) => Promise<boolean>
}

const openEngine = async (): Promise<Opened> => {
  const room = await chooseRoom()
  const { secret, founder } = room
  const { device } = readAddress(location.href)
  const signaling = signalingInUse()
  const storage = { name: device }
  const engine = createSyncEngine({ room, signaling, storage })
  keepAddress(secret, keepRoom(KEEPERS, device, inviteLink(location.href, secret, signaling)))
  onNewSecret(engine, (now) => keepRoom(KEEPERS, device, inviteLink(location.href, now, signalingInUse())))
  const founding = (key: string) =>
    createSyncEngine({ room: { ...engine.room, founder: key }, signaling: null, storage })
  return { engine, founder, onFounder: (key) => actAsFounder(engine, key, founding) }
}

/** The invitation was changed, here or on another device: what is kept must still let in the next device. */
const onNewSecret = (engine: SyncEngine, keep: (secret: string) => void) => {
  let kept = engine.room.secret
  engine.store.subscribe(() => {
    const { secret } = engine.room
    if (secret !== kept) keep(secret)
    kept = secret
  })
}

const boot = async () => {
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  const root = createRoot(host)
  const refuse = (problem: Trouble) => {
    root.render(<BootProblem problem={problem} />)
    addEventListener('hashchange', () => location.reload())
  }
  if (readAddress(location.href).damaged) return refuse(DAMAGED)
  try {
    const { engine, ...founding } = await openEngine()
    window.fieldmesh = { engine }
    const app = <App faults={recordFaults(engine)} {...founding} />
    root.render(
      <StrictMode>
        <SyncProvider engine={engine}>{app}</SyncProvider>
      </StrictMode>,
    )
    await offerInspection(engine, readAddress(location.href).device)
    await engine.start()
  } catch (error) {
    // A start that fails is shown by the app itself, from the engine's status.
    if (!window.fieldmesh) refuse(toFieldmeshError(error))
  }
}

trustScripts()
await boot()
