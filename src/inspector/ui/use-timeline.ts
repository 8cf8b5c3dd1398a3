import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { PanelDevices } from './panel-devices.ts'
import { createTimeline, type TimelineView } from './timeline.ts'

/** Everything that devices record, as it comes. */
export const useTimeline = (devices: PanelDevices): TimelineView => {
  const timeline = useMemo(() => createTimeline(devices), [devices])
  useEffect(() => timeline.start(), [timeline])
  return useSyncExternalStore(timeline.subscribe, timeline.view, timeline.view)
}
