import { useCallback, useMemo, useState } from 'react'
import { createMoments, liveMoment, type Moment } from './moments.ts'
import { useTimeline } from './use-timeline.ts'
import { settledPlace } from './settled-place.ts'
import type { PanelDevices } from './panel-devices.ts'
import type { TimelineView } from './timeline.ts'

interface Held {
  readonly devices: PanelDevices
  readonly view: TimelineView
  readonly moments: ReturnType<typeof createMoments>
  /** Place of the last entry that has happened; -1 for the beginning. */
  readonly at: number
  /** Place of the event that was chosen. */
  readonly event: number | undefined
}

/** The moment that a panel shows, and the ways to another one. */
export interface Travel {
  readonly view: TimelineView
  readonly moment: Moment
  /** Place of the last entry that has happened. */
  readonly at: number
  /** Place of the chosen event. */
  readonly event: number | undefined
  /** What is shown goes on with what happens. */
  readonly follows: boolean
  /** Entries that came since it does not. */
  readonly missed: number
  /** Stays at this moment. */
  readonly pause: () => void
  /** Goes back to where everything has happened. */
  readonly resume: () => void
  readonly goTo: (at: number) => void
  /** Goes to where an event has done what it does. */
  readonly choose: (event: number) => void
}

/** The moment that is held; other devices begin at their own end. */
const useHeld = (devices: PanelDevices) => {
  const [held, setHeld] = useState<Held>()
  const isOfOthers = held !== undefined && held.devices !== devices
  if (isOfOthers) setHeld(undefined)
  return [isOfOthers ? undefined : held, setHeld] as const
}

/** Travels through time: what happens goes on, and is shown again when the traveler comes back. */
export const useTravel = (devices: PanelDevices): Travel => {
  const now = useTimeline(devices)
  const [held, setHeld] = useHeld(devices)
  const { view, moments } = held ?? { view: now, moments: undefined }
  const { at = view.entries.length - 1, event } = held ?? {}
  const moment = useMemo(() => (moments ? moments(at, event) : liveMoment(view)), [moments, view, at, event])
  const hold = useCallback(
    (place: number, chosen?: number) =>
      setHeld((before) => ({
        ...(before ?? { devices, view: now, moments: createMoments(now) }),
        at: place,
        event: chosen,
      })),
    [now, devices, setHeld],
  )
  const pause = useCallback(() => hold(now.entries.length - 1), [hold, now])
  const resume = useCallback(() => setHeld(undefined), [setHeld])
  const choose = useCallback((event: number) => hold(settledPlace(view, event), event), [hold, view])
  const missed = now.entries.length - view.entries.length
  return { view, moment, at, event, follows: held === undefined, missed, pause, resume, goTo: hold, choose }
}
