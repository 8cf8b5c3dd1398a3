import { FieldmeshError, type FaultCode } from '#model/fault'
import type { SyncEngine } from '#engine/types'
import type { FaultPlan, WorldPlan, WritePlan } from './plan.types.ts'
import { faultStage } from './run-faults.ts'
import type { RunLog } from './run-log.ts'
import { doWrite, PLANNED_TYPE } from './run-writes.ts'
import type { World, WorldDevice } from './types.ts'

/** Everything that a plan does to its world. */
export interface RunDeeds {
  /** Arms all writes and faults from now; `after` is called after each. */
  schedule(after: () => void): void
  /** Nothing of the plan happens any more. */
  end(): void
  /** True while a start or stop of the plan is under way. */
  isBusy(): boolean
  /** One more write on every device. */
  writeLate(): void
  /** Writes of lives that go on which neither resolved nor rejected, in words. */
  pending(): string[]
  /** Writes refused with a fault, counted by code. */
  readonly refused: Partial<Record<FaultCode, number>>
}

interface Pending {
  readonly device: WorldDevice
  readonly engine: SyncEngine
  readonly says: string
}

export const createRunDeeds = (world: World, plan: WorldPlan, log: RunLog): RunDeeds => {
  const refused: Partial<Record<FaultCode, number>> = {}
  const unsettled = new Set<Pending>()
  let isOver = false
  let underWay = 0

  /** Does one thing now; what it throws, and what it promises and breaks, is told. */
  const attempt = (
    says: string,
    deed: () => unknown,
    failed: (error: unknown) => void,
    settled: () => void = () => {},
  ): void => {
    log.says(says)
    try {
      const doing = deed()
      if (doing instanceof Promise) doing.catch(failed).finally(settled)
      else settled()
    } catch (error) {
      failed(error)
      settled()
    }
  }
  const tell = (says: string) => (error: unknown) => {
    if (isExpected(error)) log.says(`${says}: ${String(error)}`)
    else log.threw(says, error)
  }
  const watched = (device: WorldDevice, says: string, write: () => Promise<unknown> | undefined) => {
    const pending = { device, engine: device.engine, says }
    const settled = () => void unsettled.delete(pending)
    const writing = write()
    if (!writing) return undefined
    unsettled.add(pending)
    return writing.then(settled, (error: unknown) => {
      settled()
      throw error
    })
  }
  const write = (device: WorldDevice, planned: WritePlan): void => {
    if (device.state !== 'running') return
    const says = `${device.name}: ${wordsOf(planned)}`
    attempt(
      says,
      () => watched(device, says, () => doWrite(device.engine, plan.seed, planned)),
      (error) => {
        if (error instanceof FieldmeshError) refused[error.code] = (refused[error.code] ?? 0) + 1
        tell(says)(error)
      },
    )
  }
  const strike = (fault: FaultPlan, after: () => void): void => {
    const stage = faultStage(world, fault)
    const says = wordsOf(fault)
    const turn = (words: string, deed: () => unknown) => {
      underWay += 1
      attempt(`${words}: ${says}`, deed, tell(says), () => {
        underWay -= 1
      })
    }
    const begin = () => turn('fault begins', stage.begin)
    const end = () => turn('fault ends', stage.end)
    const unlessOver = (task: () => void) => () => {
      if (isOver) return
      task()
      after()
    }
    world.after(fault.at, unlessOver(begin))
    world.after(fault.at + fault.ms, unlessOver(end))
    ends.push(() => fault.kind === 'serverFlaps' && stage.end())
  }
  const ends: (() => unknown)[] = []

  return {
    refused,
    schedule: (after) => {
      for (const planned of plan.writes) world.after(planned.at, () => write(world.device(planned.device), planned))
      for (const fault of plan.faults) strike(fault, after)
    },
    end: () => {
      isOver = true
      for (const end of ends) end()
    },
    isBusy: () => underWay > 0,
    writeLate: () => {
      for (const device of world.devices) {
        const says = `${device.name}: a write after healing`
        const { engine, name } = device
        attempt(
          says,
          () => watched(device, says, () => engine.put(PLANNED_TYPE, `late-${name}`, { from: name })),
          (error) => log.found({ rule: 'RUN-4', says: `${says} was refused: ${String(error)}` }),
        )
      }
    },
    pending: () => [...unsettled].filter(({ device, engine }) => device.engine === engine).map(({ says }) => says),
  }
}

/** A fault with words; the power loss that took whoever waited is one of them. */
const isExpected = (error: unknown): boolean => error instanceof FieldmeshError && error.code !== 'internal'

/** A planned thing in one line, without what the reader knows. */
const wordsOf = ({ id, ...deed }: WritePlan | FaultPlan): string => `${JSON.stringify(deed)} #${id}`
