import { type ReactNode, useRef } from 'react'
import { Icon } from './icons.tsx'
import { HUES } from './hues.ts'
import type { ShownDevice } from './timeline.ts'

interface ToolbarProps {
  readonly devices: readonly ShownDevice[]
  /** Key of the only device that is shown; undefined for all. */
  readonly only: string | undefined
  readonly onOnly: (device: string | undefined) => void
  readonly follows: boolean
  readonly recorded: boolean
  readonly onPause: () => void
  readonly onSave: () => void
  readonly onOpen: (files: Iterable<File>) => void
  /** A recording from a file is shown in place of what happens here. */
  readonly onClose: (() => void) | undefined
  readonly actions?: ReactNode
}

interface DeviceButtonProps extends Pick<ToolbarProps, 'only' | 'onOnly'> {
  readonly device: ShownDevice | undefined
  readonly hue?: number
}

const DeviceButton = ({ device, hue, only, onOnly }: DeviceButtonProps) => (
  <button
    type="button"
    className="fmi-button fmi-device"
    aria-pressed={only === device?.key}
    data-testid={`show-${device?.key ?? 'all'}`}
    onClick={() => onOnly(device?.key)}
  >
    {hue !== undefined && <span className="fmi-dot" data-hue={hue} aria-hidden="true" />}
    <span className="fmi-device-title">{device?.title ?? 'All devices'}</span>
  </button>
)

const Devices = ({ devices, only, onOnly }: Pick<ToolbarProps, 'devices' | 'only' | 'onOnly'>) => (
  // biome-ignore lint/a11y/useSemanticElements: these buttons are no fieldset
  <div className="fmi-devices" role="group" aria-label="Devices">
    {devices.length > 1 && <DeviceButton device={undefined} only={only} onOnly={onOnly} />}
    {devices.map((device, at) => (
      <DeviceButton
        key={device.key}
        device={device}
        hue={at % HUES}
        only={devices.length === 1 ? device.key : only}
        onOnly={onOnly}
      />
    ))}
  </div>
)

const OpenButton = ({ onOpen }: Pick<ToolbarProps, 'onOpen'>) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="fmi-button" onClick={() => input.current?.click()}>
        <Icon name="open" /> Open
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".json,application/json"
        aria-label="Open recordings"
        data-testid="open-recording"
        onChange={({ target }) => {
          const files = Array.from(target.files ?? [])
          target.value = ''
          onOpen(files)
        }}
      />
    </>
  )
}

/** Which devices are shown, and what is done with all of it. */
export const Toolbar = (props: ToolbarProps) => {
  const { devices, only, onOnly, follows, recorded, onPause, onSave, onOpen, onClose, actions } = props
  return (
    <header className="fmi-toolbar">
      <h2 className="fmi-title">Inspector</h2>
      <Devices devices={devices} only={only} onOnly={onOnly} />
      {onClose && (
        <p className="fmi-recorded" data-testid="recorded">
          Recording from a file
          <button type="button" className="fmi-link" onClick={onClose}>
            Close it
          </button>
        </p>
      )}
      <span className="fmi-space" />
      {!recorded && (
        <button type="button" className="fmi-button" data-testid="pause" onClick={onPause}>
          <Icon name={follows ? 'pause' : 'play'} /> {follows ? 'Pause' : 'Go on'}
        </button>
      )}
      <button
        type="button"
        className="fmi-button"
        data-testid="save-recording"
        aria-disabled={devices.length === 0}
        title={devices.length === 0 ? 'There is nothing to save yet' : 'Save what was recorded, one file a device'}
        onClick={onSave}
      >
        <Icon name="save" /> Save
      </button>
      <OpenButton onOpen={onOpen} />
      {actions}
    </header>
  )
}
