import type { JournalPower, LogUnderTest } from '#contracts/journal/journal-harness'
import { createSimulatedDisk } from '#sim/storage'
import type { Host } from '#sim/host'
import { createSimulation } from './simulation.ts'

/** One device's disk in a simulation; a crash ends the life that holds it. */
export const simulatedLog = (): LogUnderTest => {
  const { timeline, network, host } = createSimulation()
  const disk = createSimulatedDisk('disk', timeline, network.random, network.trace)
  let lives = 0
  const live = (): Host => host(`life-${++lives}`)
  let present = live()
  return {
    open: async () => disk.open(present),
    fill: () => disk.fill(),
    free: () => disk.free(),
    breakHalfWay: () => disk.failNext(1, 'before'),
    crash: () => {
      present.kill()
      present = live()
    },
  }
}

export const simulatedLogPowers: readonly JournalPower[] = ['fill', 'breakHalfWay', 'crash', 'compact']
