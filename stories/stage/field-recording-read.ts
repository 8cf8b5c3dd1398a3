import { explainAll } from '#engine/explain'
import type { Recording, SeenActors } from '#inspector/records.types'
import { actorTree } from '#inspector/ui/actor-tree-model'
import { createMoments } from '#inspector/ui/moments'
import { panelDevices } from '#inspector/ui/panel-devices'
import { createTimeline, type ShownDevice } from '#inspector/ui/timeline'
import { recordedMoments } from './field-recording-moments.ts'
import { statusOf } from './field-recording-status.ts'
import type { FieldRecording, RecordedDevice } from './field-recording.types.ts'

/** One for every message that arrives in parts: too short-lived to be watched. */
const PASSING = 'reassembly'

const deviceAt = ({ key, title, log }: ShownDevice, actors: SeenActors): RecordedDevice => {
  const machines = actorTree(key, actors)
    .map(({ seen }) => seen)
    .filter(({ machine }) => machine !== undefined && machine !== PASSING)
  const status = log && statusOf(log, machines)
  return { key, title, machines, explained: status ? explainAll(status) : [], ...(status && { status }) }
}

/** Recordings of one or several devices as one course of time, by the clocks of the devices. */
export const readFieldRecording = (recordings: readonly Recording[]): FieldRecording => {
  const timeline = createTimeline(panelDevices(recordings))
  const stop = timeline.start()
  const view = timeline.view()
  const actorsAt = createMoments(view)
  stop()
  return {
    view,
    begin: view.entries[0]?.at ?? 0,
    moments: recordedMoments(view),
    devicesAt: (place) => {
      const { actors } = actorsAt(place)
      return view.devices.map((device) => deviceAt(device, actors.get(device.key) ?? {}))
    },
  }
}
