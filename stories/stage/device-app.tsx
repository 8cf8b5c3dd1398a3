import { memo, useMemo, useState } from 'react'
import { SyncProvider } from '#react/index'
import { WORLD_BEGINS } from '#world/machine'
import { App } from '../../src/demo/app.tsx'
import { SurroundingsContext } from '../../src/demo/surroundings.ts'
import { deviceSurroundings } from './device-surroundings.ts'
import type { Stage } from './stage.types.ts'
import { useStageVersion } from './use-watched.ts'

interface DeviceAppProps {
  readonly stage: Stage
  readonly name: string
}

const SECOND_MS = 1_000

/** The real field app, on a device of the stage. */
export const DeviceApp = ({ stage, name }: DeviceAppProps) => {
  useStageVersion(stage)
  const [page] = useState(() => deviceSurroundings(stage.lists[0] ?? 'reading'))
  const now = WORLD_BEGINS + Math.floor(stage.scene().at / SECOND_MS) * SECOND_MS
  const surroundings = useMemo(() => ({ ...page, now }), [page, now])
  return (
    <SurroundingsContext value={surroundings}>
      <Running stage={stage} name={name} />
    </SurroundingsContext>
  )
}

const Running = memo(({ stage, name }: DeviceAppProps) => {
  const [faults] = useState(() => stage.faults(name))
  return (
    <SyncProvider engine={stage.engine(name)}>
      <App faults={faults} />
    </SyncProvider>
  )
})
