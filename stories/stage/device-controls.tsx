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
  { label: 'Crash', says: 'the device loses its power', deed: (device) => device.crash() },
  { label: 'Freeze', says: 'the browser freezes the app', deed: (device) => device.freeze() },
  { label: 'Sleep', says: 'the device falls asleep', deed: (device) => device.sleep() },
  { label: 'Roam', says: 'the device joins another network', deed: (device) => device.roam() },
]

const POWER: Readonly<Record<string, readonly Control[]>> = {
  off: [{ label: 'Start', says: 'the device is switched on', deed: (device) => device.start() }],
  running: WHILE_ON,
  standby: WHILE_ON,
  frozen: [{ label: 'Thaw', says: 'the app comes back to the front', deed: (device) => device.thaw() }],
  asleep: [{ label: 'Wake', says: 'the device wakes up', deed: (device) => device.wake() }],
}

const ALWAYS: readonly Control[] = [
  { label: 'Fill disk', says: 'the disk is full', deed: ({ disk }) => disk.fill() },
  { label: 'Free disk', says: 'the disk has space again', deed: ({ disk }) => disk.free() },
  { label: 'Clock +10 min', says: 'the clock is ten minutes ahead', deed: (device) => device.setClock(AHEAD_MS) },
  { label: 'Clock right', says: 'the clock is right again', deed: (device) => device.setClock(0) },
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
        {isPast && <p className="stage-note">The past stays as it was. Jump to now to do something.</p>}
        {controls.map(({ label, says, deed }) => (
          <button
            type="button"
            key={label}
            className="stage-button small"
            aria-label={`${label}: ${called}`}
            onClick={() => void stage.do(`${stage.callOf(name)}: ${says}`, () => deed(device), name)}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </details>
  )
}
