import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createTheater, type Theater } from './create-theater.ts'
import type { Flow } from './flow.types.ts'
import { MomentList } from './moment-list.tsx'
import { ScriptPanel } from './script-panel.tsx'
import { StageDevice } from './stage-device.tsx'
import type { Stage, StageOptions } from './stage.types.ts'
import { theaters } from './theaters.ts'
import { TimelineBar } from './timeline-bar.tsx'
import { usePerformance, useStage, useStageVersion } from './use-watched.ts'
import { useScale } from './use-scale.ts'
import { WeatherPanel } from './weather-panel.tsx'
import './stage.css'
import './weather.css'
import './moments.css'
import './devices.css'
import './timeline.css'
import './narrow.css'

interface StageViewProps {
  readonly flow: Flow
  readonly options: StageOptions
  /** Of the clock, at first. */
  readonly speed: number
}

/** A flow on its stage: the devices, the weather, the time, and what happened. */
export const StageView = ({ flow, options, speed }: StageViewProps) => {
  const [theater] = useState(() => createTheater(options, flow, speed))
  const performance = usePerformance(theater)
  const panel = <ScriptPanel flow={flow} theater={theater} performance={performance} />
  return <TheaterView theater={theater} panel={panel} />
}

interface TheaterViewProps {
  readonly theater: Theater
  /** What stands at the head of the side. */
  readonly panel: ReactNode
}

export const TheaterView = ({ theater, panel }: TheaterViewProps) => {
  const root = useRef<HTMLDivElement>(null)
  const stage = useStage(theater)
  useEffect(() => {
    const element = root.current
    if (!element) return
    theaters.set(element, theater)
    return () => theater.close()
  }, [theater])
  const callOf = (place: string) => (place === 'server' ? 'Server' : stage.callOf(place))
  return (
    <div className="stage" ref={root} data-stage>
      <Side stage={stage} callOf={callOf} panel={panel} />
      <Devices key={theater.generation()} theater={theater} stage={stage} callOf={callOf} />
      <TimelineBar stage={stage} />
    </div>
  )
}

interface PartProps {
  readonly stage: Stage
  readonly callOf: (place: string) => string
}

const Side = ({ stage, callOf, panel }: PartProps & { readonly panel: ReactNode }) => {
  useStageVersion(stage)
  return (
    <div className="stage-side">
      {panel}
      <details className="stage-part">
        <summary>Weather</summary>
        <WeatherPanel stage={stage} callOf={callOf} />
      </details>
      <details className="stage-part grows" open>
        <summary>What happened</summary>
        <MomentList stage={stage} />
      </details>
    </div>
  )
}

const Devices = ({ theater, stage, callOf }: PartProps & { readonly theater: Theater }) => {
  useStageVersion(stage)
  const row = useRef<HTMLElement>(null)
  const { devices } = stage.world
  const scale = useScale(row, devices.length)
  const isPast = stage.history.cursor !== undefined
  return (
    <main className="stage-devices" aria-label="Devices on the stage" ref={row} data-past={isPast}>
      {devices.map(({ name }) => (
        <StageDevice key={name} theater={theater} stage={stage} name={name} scale={scale} callOf={callOf} />
      ))}
    </main>
  )
}
