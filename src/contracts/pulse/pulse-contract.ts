import type { CallbackActorLogic, EventObject } from 'xstate'
import type { PulseFact, PulseInput } from '#machines/ports'
import { checkHarness, checkUnderTest, type HarnessShape } from '../check-harness.ts'
import type { ContractCase, Until } from '../contract-case.ts'
import { insist, insistSame } from '../insist.ts'
import { type Listened, listen } from '../listen.ts'

/** A process that can stand still. */
export interface PulseUnderTest {
  /** The logic under test; as `EnginePorts.pulse`. */
  readonly pulse: CallbackActorLogic<EventObject, PulseInput>
  /** The process stands still for so long, ms: no timer of it fires, time goes by. */
  readonly stall: (ms: number) => void | Promise<void>
}

/** What a tester of a pulse brings. */
export interface PulseHarness {
  readonly open: () => PulseUnderTest | Promise<PulseUnderTest>
  readonly until: Until
  /** The interval to ask for, ms: in real time long enough that a busy machine keeps it. */
  readonly everyMs: number
}

const PULSE_SHAPE: HarnessShape = {
  contract: 'pulseContract',
  harness: { open: 'function', until: 'function', everyMs: 'number' },
  opener: 'open()',
  under: 'PulseUnderTest',
  needs: { pulse: 'object', stall: 'function' },
  powers: {},
}

type Pulse = Listened<EventObject, PulseFact>

interface PulseCase {
  readonly id: string
  readonly says: string
  readonly check: (start: () => Pulse, process: PulseUnderTest, harness: PulseHarness) => Promise<void>
}

const LATE_INTERVALS = 2
const beats = (pulse: Pulse): number => pulse.of('pulse.beat').length

const CASES: readonly PulseCase[] = [
  {
    id: 'PULSE-1',
    says: 'it beats at its interval, again and again, and calls nothing late that is not',
    check: async (start, _process, { until, everyMs }) => {
      const pulse = start()
      await until('it beat four times', () => beats(pulse) >= 4)
      const wrong = pulse.of('pulse.late').filter(({ lateMs }) => lateMs < LATE_INTERVALS * everyMs)
      insistSame(wrong, [], 'beats called late that were not')
    },
  },
  {
    id: 'PULSE-2',
    says: 'after a standstill it says by how much it was late, once, and makes up for nothing',
    check: async (start, process, { until, everyMs }) => {
      const pulse = start()
      await until('it beats', () => beats(pulse) >= 1)
      const stallMs = 5 * everyMs
      await process.stall(stallMs)
      const before = beats(pulse)
      await until('it was late', () => pulse.of('pulse.late').length > 0)
      const [late] = pulse.of('pulse.late')
      insist((late?.lateMs ?? 0) >= stallMs - 2 * everyMs, `late by ${late?.lateMs} ms after ${stallMs}`)
      insist(beats(pulse) - before <= 1, `${beats(pulse) - before} beats at once after a standstill`)
      await until('it beats again', () => beats(pulse) > before)
    },
  },
  {
    id: 'PULSE-3',
    says: 'a stopped pulse is still, also after a standstill',
    check: async (start, process, { until, everyMs }) => {
      const [stopped, other] = [start(), start()]
      await until('both beat', () => beats(stopped) >= 1 && beats(other) >= 1)
      stopped.stop()
      const count = stopped.facts.length
      await process.stall(3 * everyMs)
      const before = other.facts.length
      await until('the other goes on', () => other.facts.length >= before + 2)
      insistSame(stopped.facts.length - count, 0, 'facts after the stop')
    },
  },
]

const runCase = async (harness: PulseHarness, { check }: PulseCase): Promise<void> => {
  const process = checkUnderTest(PULSE_SHAPE, await harness.open())
  const pulses: Pulse[] = []
  const start = (): Pulse => {
    const pulse: Pulse = listen<EventObject, PulseFact, PulseInput>(process.pulse, { everyMs: harness.everyMs })
    pulses.push(pulse)
    return pulse
  }
  try {
    await check(start, process, harness)
  } finally {
    for (const pulse of pulses) pulse.stop()
  }
}

/**
 * What every pulse promises (the `pulse` port).
 *
 * @throws FieldmeshError `options-invalid` for what is no harness
 */
export const pulseContract = (harness: PulseHarness): readonly ContractCase[] => {
  checkHarness(PULSE_SHAPE, harness)
  return CASES.map((one) => ({ id: one.id, says: one.says, run: () => runCase(harness, one) }))
}
