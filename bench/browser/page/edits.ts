import { NativePeerConnection } from './links.ts'
import { openBareLink } from './bare-mesh.ts'
import { idAt } from './readings.ts'
import type { System } from './system.ts'
import { pause } from './wall.ts'

/** A series of edits, the same on both pages. */
export interface EditSeries {
  readonly edits: number
  /** Readings to choose from. */
  readonly records: number
  /** Pause between an answer and the next edit, ms. */
  readonly gapMs: number
}

const editAt = (round: number, { records }: EditSeries): [id: string, kwh: number] => [
  idAt((round * 37) % records),
  100_000 + round + 0.25,
]

/** A link beside the system's own, by which the other page says that it sees an edit; the same for every system. */
export const openAnswers = async (url: string, room: string, self: string): Promise<RTCDataChannel> => {
  const { channel } = await openBareLink({ url, room: `${room}.answers`, self, PeerConnection: NativePeerConnection })
  return channel
}

/** Edits one reading after the other; milliseconds from each edit until the answer to it. */
export const makeEdits = async (system: System, answers: RTCDataChannel, series: EditSeries): Promise<number[]> => {
  const times: number[] = []
  for (let round = 0; round < series.edits; round++) {
    const answered = new Promise((resolve) => answers.addEventListener('message', resolve, { once: true }))
    const began = performance.now()
    await system.edit(...editAt(round, series))
    await answered
    times.push(performance.now() - began)
    await pause(series.gapMs)
  }
  return times
}

/** Answers every edit of the series as soon as it can be read here. */
export const answerEdits = async (system: System, answers: RTCDataChannel, series: EditSeries): Promise<void> => {
  for (let round = 0; round < series.edits; round++) {
    await system.reads(...editAt(round, series))
    answers.send('seen')
  }
}
