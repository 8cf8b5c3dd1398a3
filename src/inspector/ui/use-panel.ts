import { useMemo, useState } from 'react'
import { getOwn } from '#model/plain-object'
import { type ActorChoice, usualActor } from './actor-choice.ts'
import { nameOf } from './actor-tree-model.ts'
import { actorWords } from './event-words.ts'
import { type EventFilter, listedEvents, NO_FILTER } from './event-filter.ts'
import { brokenLaws } from './law-list.tsx'
import { type PanelSource, panelDevices } from './panel-devices.ts'
import { saveRecording } from './save-recording.ts'
import { useRecordings } from './use-recordings.ts'
import { type Travel, useTravel } from './use-travel.ts'

const seenIn = ({ actors }: Travel['moment'], { device, actor }: ActorChoice) => getOwn(actors.get(device) ?? {}, actor)

/** The actor that is looked at, as it is at the moment that is shown. */
const useActor = ({ view, moment, at }: Travel, chosen: ActorChoice | undefined) => {
  const isThere = chosen && seenIn(moment, chosen) !== undefined
  const choice = isThere ? chosen : usualActor(view.devices, moment)
  const log = view.devices.find(({ key }) => key === choice?.device)?.log
  const seen = choice && seenIn(moment, choice)
  const chart = seen?.machine === undefined ? undefined : log?.chart(seen.machine)
  const { device, actor } = choice ?? {}
  const broken = useMemo(
    () => (device === undefined || actor === undefined ? [] : brokenLaws(view, { device, actor }, at)),
    [view, device, actor, at],
  )
  return { choice, seen, chart, broken, actorName: seen ? nameOf(seen, view.devices) : '' }
}

const useFiltered = ({ view }: Travel, only: string | undefined) => {
  const [filter, setFilter] = useState<EventFilter>(NO_FILTER)
  const listed = useMemo(() => listedEvents(view, filter, only), [view, filter, only])
  return { filter, setFilter, listed }
}

/** The actor that the list is or would be filtered by: the one it is filtered by need not be the one looked at. */
const filterName = ({ view }: Travel, { actor: by }: EventFilter, actorName: string): string => {
  if (!by) return actorName
  const log = view.devices.find(({ key }) => key === by.device)?.log
  return actorWords(by.actor, log, view.devices)
}

/** Everything that a panel shows, and what can be done with it. */
export const usePanel = (source: PanelSource) => {
  const recordings = useRecordings()
  const devices = useMemo(() => panelDevices(recordings.recordings ?? source), [recordings.recordings, source])
  const travel = useTravel(devices)
  const [wanted, setOnly] = useState<string>()
  const [chosen, chooseActor] = useState<ActorChoice>()
  const { view } = travel
  const only = view.devices.some(({ key }) => key === wanted) ? wanted : undefined
  const shown = view.devices.filter(({ key }) => only === undefined || key === only)
  const { filter, setFilter, listed } = useFiltered(travel, only)
  const actor = useActor(travel, chosen)
  const { choice } = actor
  return {
    ...actor,
    travel,
    recordings,
    recorded: devices.recorded === true,
    only,
    setOnly,
    shown,
    filter,
    setFilter,
    listed,
    chooseActor,
    filterName: filterName(travel, filter, actor.actorName),
    onlyActor: () => choice && setFilter({ ...filter, actor: choice }),
    save: (document: Document) => {
      for (const { log } of shown) if (log) saveRecording(log.recording(), document)
    },
  }
}
