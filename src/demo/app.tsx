import { useState } from 'react'
import { useConflicts, useMembers, useRecords, useSyncStatus } from '#react/index'
import type { FaultLog } from './fault-log.ts'
import { Banner } from './parts/banner.tsx'
import { FounderKey } from './parts/founder-key.tsx'
import { Header } from './parts/header.tsx'
import { ListChoice, Nav } from './parts/nav.tsx'
import { RecordDialog } from './parts/record-dialog.tsx'
import { StandingBanner } from './parts/standing-banner.tsx'
import { LIST_TYPE, useImport } from './import/use-import.ts'
import { KINDS, kindOf } from './records/kinds.ts'
import { ConflictScreen } from './screens/conflict-screen.tsx'
import { DeviceScreen } from './screens/device-screen.tsx'
import { ImportScreen } from './screens/import-screen.tsx'
import { ListScreen } from './screens/list-screen.tsx'
import { StandbyScreen } from './screens/standby-screen.tsx'
import { useTab } from './use-tab.ts'

/** A record in the form; a new one has no id yet. */
export interface Editing {
  readonly type: string
  readonly id?: string
}

interface AppProps {
  readonly faults: FaultLog
  /** The founder's key of a field book that was just made, to be shown once. */
  readonly founder?: string | undefined
  /** Makes this device an admin by the founder's key; false for another key. Absent where the page cannot. */
  readonly onFounder?: (key: string) => Promise<boolean>
}

/** The whole app below the engine. */
export const App = ({ faults, founder, onFounder }: AppProps) => {
  const [tab, setTab] = useTab()
  const [editing, setEditing] = useState<Editing>()
  const imported = useImportedTypes()
  const types = [...KINDS.map(({ type }) => type), ...imported]
  const importing = useImport()
  const { phase } = useSyncStatus()
  const conflicts = useConflicts().length
  const waiting = useWaitingCount()
  const [isKeyKept, setKeyKept] = useState(founder === undefined)
  const shown = types.includes(tab) || ['import', 'conflicts', 'devices'].includes(tab) ? tab : 'reading'
  if (phase === 'standby') return <StandbyScreen />
  return (
    <div className="shell">
      <Header />
      <Nav imported={imported} conflicts={conflicts} waiting={waiting} tab={shown} onTab={setTab} />
      <main className="main">
        <Banner />
        <StandingBanner />
        {imported.length > 0 && types.includes(shown) && <ListChoice types={types} tab={shown} onTab={setTab} />}
        {types.includes(shown) && <ListScreen key={shown} kind={kindOf(shown)} onEdit={setEditing} />}
        {shown === 'import' && <ImportScreen importing={importing} types={types} onShow={setTab} />}
        {shown === 'conflicts' && <ConflictScreen onEdit={setEditing} />}
        {shown === 'devices' && <DeviceScreen faults={faults} onFounder={onFounder} />}
      </main>
      {founder !== undefined && !isKeyKept && <FounderKey founder={founder} onKept={() => setKeyKept(true)} />}
      {editing && (
        <RecordDialog {...editing} key={`${editing.type}/${editing.id}`} onClose={() => setEditing(undefined)} />
      )}
    </div>
  )
}

/** Devices that wait for somebody at this one. */
const useWaitingCount = (): number => {
  const { list, mayDecide } = useMembers()
  return mayDecide ? list.filter(({ standing, isSelf }) => standing === 'waiting' && !isSelf).length : 0
}

const useImportedTypes = (): readonly string[] => {
  const imported = useRecords(LIST_TYPE).filter(({ alive }) => alive)
  return imported
    .map(({ id }) => id)
    .filter((id) => !KINDS.some(({ type }) => type === id))
    .toSorted()
}
