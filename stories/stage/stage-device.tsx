import { useCallback } from 'react'
import type { DeviceState } from '#world/types'
import type { Theater } from './create-theater.ts'
import { DeviceApp } from './device-app.tsx'
import { DeviceCharts } from './device-charts.tsx'
import { DeviceControls } from './device-controls.tsx'
import { DeviceWindow } from './device-window.tsx'
import type { Stage } from './stage.types.ts'

/** A phone, CSS pixels; low enough that its charts are in sight below it. */
export const DEVICE_WIDTH = 390
const DEVICE_HEIGHT = 560

const STATES: Readonly<Record<DeviceState, readonly [words: string, tone: string]>> = {
  off: ['Off', 'off'],
  running: ['Running', 'good'],
  standby: ['Standing by', 'quiet'],
  frozen: ['Frozen', 'busy'],
  asleep: ['Asleep', 'busy'],
}

interface StageDeviceProps {
  readonly theater: Theater
  readonly stage: Stage
  readonly name: string
  readonly scale: number
  readonly callOf: (place: string) => string
}

/** Of the tabs that have or had an identity the one that runs bears it. */
const bearerOf = ({ world, now }: Stage, peerId: string): string | undefined => {
  const bearers = world.devices.filter(({ peerIds }) => peerIds.includes(peerId)).map(({ name }) => name)
  return bearers.find((name) => now().devices[name]?.state === 'running') ?? bearers[0]
}

/** One device: its screen with the real app, what one can do to it, and its charts. */
export const StageDevice = ({ theater, stage, name, scale, callOf }: StageDeviceProps) => {
  const { state, actors } = stage.at(name)
  const called = callOf(name)
  const [words, tone] = STATES[state]
  const onScreen = useCallback((body: HTMLElement | undefined) => theater.mounted(name, body), [theater, name])
  const nameOf = (peerId: string) => callOf(bearerOf(stage, peerId) ?? 'a stranger')
  return (
    <section className="stage-device" aria-label={called} data-state={state} style={{ width: DEVICE_WIDTH * scale }}>
      <div className="stage-device-head">
        <h2>
          {called} <small>{name}</small>
        </h2>
        <span className="chip" data-tone={tone}>
          {words}
        </span>
      </div>
      <div className="stage-screen">
        <DeviceWindow
          title={`Screen of ${called}`}
          width={DEVICE_WIDTH}
          height={DEVICE_HEIGHT}
          scale={scale}
          isInert={state === 'off' || state === 'asleep'}
          onScreen={onScreen}
        >
          <DeviceApp stage={stage} name={name} />
        </DeviceWindow>
        {(state === 'off' || state === 'asleep' || state === 'frozen') && (
          <p className="stage-dark" data-state={state}>
            {words}
          </p>
        )}
      </div>
      <DeviceControls stage={stage} name={name} called={called} />
      <DeviceCharts called={called} actors={actors} callOf={nameOf} isHurried={stage.pacer.isHurrying} />
    </section>
  )
}
