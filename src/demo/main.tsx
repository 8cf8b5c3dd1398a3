import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createSyncEngine } from '#engine/create-sync-engine'
import { openRoom, createRoom as createSyncRoom } from '#engine/room'
import type { SyncEngine } from '#engine/types'
import { toFieldmeshError } from '#model/fault'
import { SyncProvider } from '#react/index'
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
const chooseRoom = async (): Promise<string> => {
  const { secret, fresh, device, signaling } = readAddress(location.href)
  if (secret) return secret
  const kept = fresh ? {} : keptRoom(KEEPERS, device)
  if (!signaling && kept.signaling) history.replaceState(null, '', withSignaling(location.href, kept.signaling))
  return kept.secret ?? (await createSyncRoom()).secret
}

const openEngine = async (): Promise<SyncEngine> => {
  const secret = await chooseRoom()
  const { device } = readAddress(location.href)
  const signaling = signalingInUse()
  const engine = createSyncEngine({ room: await openRoom(secret), signaling, storage: { name: device } })
  keepAddress(secret, keepRoom(KEEPERS, device, inviteLink(location.href, secret, signaling)))
  return engine
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
    const engine = await openEngine()
    window.fieldmesh = { engine }
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

trustScripts()
await boot()
