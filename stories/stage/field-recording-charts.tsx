import { useMemo, useState } from 'react'
import type { SeenActor } from '#inspector/records.types'
import type { TimelineView } from '#inspector/ui/timeline'
import { StateChart } from '../../src/chart/state-chart.tsx'
import { Tabs } from '../../src/inspector/ui/tabs.tsx'
import { titleOf } from './field-recording-moments.ts'
import { peerIdOf } from './field-recording-status.ts'
import type { RecordedDevice } from './field-recording.types.ts'

/** px, as on the stage. */
const HEIGHT = 320

interface ChartsProps {
  readonly device: RecordedDevice
  readonly view: TimelineView
}

const labelOf = (view: TimelineView, seen: SeenActor): string => {
  const peerId = peerIdOf(seen)
  if (peerId !== undefined) return `to ${titleOf(view, peerId)}`
  if (seen.machine === 'sync-engine') return 'engine'
  return seen.id === seen.actor ? (seen.machine ?? seen.id) : seen.id
}

/** Links first: they are what goes wrong in the field. */
const inOrder = (machines: readonly SeenActor[]): readonly SeenActor[] =>
  machines.toSorted((a, b) => Number(peerIdOf(b) !== undefined) - Number(peerIdOf(a) !== undefined))

/** A name that a recording brought, as part of an id in a page. */
const keyOf = ({ id, actor, parent }: SeenActor): string =>
  (parent === undefined ? actor : id).replaceAll(/[^\w-]/g, (letter) => `_${letter.charCodeAt(0)}`)

/** The charts that ran on a device, one at a time, lit where they were. */
export const FieldRecordingCharts = ({ device: { key, title, machines }, view }: ChartsProps) => {
  const [wanted, setWanted] = useState<string>()
  const charts = useMemo(() => inOrder(machines), [machines])
  const shown = charts.find((seen) => keyOf(seen) === wanted) ?? charts[0]
  const log = view.devices.find((each) => each.key === key)?.log
  const model = shown?.machine === undefined ? undefined : log?.chart(shown.machine)
  if (!shown) return <p className="stage-note">No chart ran here at this moment.</p>
  const label = `Chart of ${labelOf(view, shown)}, on ${title}`
  return (
    <div className="stage-charts">
      <Tabs
        label={`Charts of ${title}`}
        tabs={charts.map((seen) => ({ key: keyOf(seen), title: labelOf(view, seen) }))}
        open={keyOf(shown)}
        onOpen={setWanted}
      >
        {model ? (
          <StateChart
            key={model.id}
            model={model}
            active={shown.states}
            last={shown.last}
            height={HEIGHT}
            label={label}
            bare
          />
        ) : (
          <p className="stage-note field-note">The chart of {shown.machine} is not in this recording.</p>
        )}
      </Tabs>
    </div>
  )
}
