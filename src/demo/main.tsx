import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createSyncEngine } from '#engine/create-sync-engine'
import { openRoom, createRoom as createSyncRoom } from '#engine/room'
import type { SyncEngine } from '#engine/types'
import { toFieldmeshError } from '#model/fault'
import { SyncProvider } from '#react/index'
import { inviteLink, readAddress, withRoom, withSignaling } from './address.ts'
import { App } from './app.tsx'
import { recordFaults } from './fault-log.ts'
import { offerInspection } from './inspection.ts'
import { keepRoom, keptRoom } from './kept-room.ts'
import { BootProblem, DAMAGED, type Trouble } from './screens/boot-problem.tsx'
import { signalingInUse } from './signaling-address.ts'
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

const keeper = () => localStorage

/** Writes the room into a bare address: the one kept from before, or a new one. */
const completeAddress = async () => {
  const { secret, fresh, device, signaling } = readAddress(location.href)
  if (secret) return
  const kept = fresh ? {} : keptRoom(keeper, device)
  const room = kept.secret ?? (await createSyncRoom()).secret
  const server = signaling ?? kept.signaling
  const href = server ? withSignaling(location.href, server) : location.href
  history.replaceState(null, '', withRoom(href, room))
}

const openEngine = async (): Promise<SyncEngine> => {
  await completeAddress()
  const { secret = '', device } = readAddress(location.href)
  const signaling = signalingInUse()
  const engine = createSyncEngine({ room: await openRoom(secret), signaling, storage: { name: device } })
  keepRoom(keeper, device, inviteLink(location.href, secret, signaling))
  return engine
}

/** Another room in the address is another engine: the page starts afresh. */
const reloadOnOtherRoom = (opened?: string) => {
  addEventListener('hashchange', () => {
    if (!opened || readAddress(location.href).secret !== opened) location.reload()
  })
}

const boot = async () => {
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  const root = createRoot(host)
  const refuse = (problem: Trouble) => {
    root.render(<BootProblem problem={problem} />)
    reloadOnOtherRoom()
  }
  if (readAddress(location.href).damaged) return refuse(DAMAGED)
  try {
    const engine = await openEngine()
    window.fieldmesh = { engine }
    reloadOnOtherRoom(engine.room.secret)
    const app = <App faults={recordFaults(engine)} />
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

await boot()
