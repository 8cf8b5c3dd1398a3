import type { WorldDevice } from '#world/types'
import type { Stage } from './stage.types.ts'

interface DeviceControlsProps {
  readonly stage: Stage
  readonly name: string
  /** How people call it. */
  readonly called: string
}

interface Control {
  readonly label: string
  readonly says: string
  readonly deed: (device: WorldDevice) => unknown
}

const AHEAD_MS = 10 * 60_000

const WHILE_ON: readonly Control[] = [
  { label: 'Crash', says: 'loses its power', deed: (device) => device.crash() },
  { label: 'Freeze', says: 'is frozen by the browser', deed: (device) => device.freeze() },
  { label: 'Sleep', says: 'falls asleep', deed: (device) => device.sleep() },
  { label: 'Roam', says: 'joins another network', deed: (device) => device.roam() },
]

const POWER: Readonly<Record<string, readonly Control[]>> = {
  off: [{ label: 'Start', says: 'is switched on', deed: (device) => device.start() }],
  running: WHILE_ON,
  standby: WHILE_ON,
  frozen: [{ label: 'Thaw', says: 'comes back to the front', deed: (device) => device.thaw() }],
  asleep: [{ label: 'Wake', says: 'wakes up', deed: (device) => device.wake() }],
}

const ALWAYS: readonly Control[] = [
  { label: 'Fill disk', says: 'has a full disk', deed: ({ disk }) => disk.fill() },
  { label: 'Free disk', says: 'has space again', deed: ({ disk }) => disk.free() },
  { label: 'Clock +10 min', says: 'has a clock ten minutes ahead', deed: (device) => device.setClock(AHEAD_MS) },
  { label: 'Clock right', says: 'has the right time', deed: (device) => device.setClock(0) },
]

/** What a device goes through, at a click. */
export const DeviceControls = ({ stage, name, called }: DeviceControlsProps) => {
  const device = stage.world.device(name)
  const isPast = stage.history.cursor !== undefined
  const controls = [...(POWER[stage.at(name).state] ?? []), ...ALWAYS]
  return (
    <details className="stage-deeds">
      <summary>Crash, freeze, sleep …</summary>
      <fieldset className="stage-controls" disabled={isPast}>
        <legend className="hidden">What happens to {called}</legend>
        {controls.map(({ label, says, deed }) => (
          <button
            type="button"
            key={label}
            className="stage-button small"
            aria-label={`${label}: ${called}`}
            onClick={() => void stage.do(`${name} ${says}`, () => deed(device), name)}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </details>
  )
}
