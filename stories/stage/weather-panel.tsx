import { useId } from 'react'
import type { RoadAt } from './moment.types.ts'
import type { Stage } from './stage.types.ts'

interface PanelProps {
  readonly stage: Stage
  /** How people call a place. */
  readonly callOf: (place: string) => string
}

/** What the network does to the devices: each road, all of them, the server. */
export const WeatherPanel = ({ stage, callOf }: PanelProps) => {
  const { network } = stage.world
  const { links } = stage.scene().network
  const isPast = stage.history.cursor !== undefined
  return (
    <fieldset className="stage-weather" disabled={isPast}>
      <legend className="hidden">Weather</legend>
      {isPast && <p className="stage-note">The past stays as it was. Jump to now to change the weather.</p>}
      <Roads stage={stage} callOf={callOf} />
      <p className="stage-note">{links === 1 ? '1 direct link is open' : `${links} direct links are open`}</p>
      <AllRoads stage={stage} />
      <div className="stage-row">
        <ServerButton stage={stage} />
        <button
          type="button"
          className="stage-button small"
          onClick={() => void stage.do('All links break', () => network.breakLinks())}
        >
          Break links
        </button>
        <button
          type="button"
          className="stage-button small"
          onClick={() => void stage.do('Everything is healed', () => stage.world.healAll())}
        >
          Heal all
        </button>
      </div>
    </fieldset>
  )
}

const ServerButton = ({ stage }: Pick<PanelProps, 'stage'>) => {
  const { server } = stage.world
  const { isServerUp } = stage.scene().network
  const toggle = () =>
    isServerUp
      ? stage.do('The signaling server dies', () => server.stop())
      : stage.do('The signaling server is back', () => server.start())
  return (
    <button type="button" className="stage-button small" onClick={() => void toggle()}>
      {isServerUp ? 'Kill server' : 'Start server'}
    </button>
  )
}

/** Every two places: a click cuts the road between them, and another one heals it. */
const Roads = ({ stage, callOf }: PanelProps) => {
  const { roads } = stage.scene().network
  const places = [...new Set(roads.flatMap(({ a, b }) => [a, b]))]
  const [rows, columns] = [places.slice(0, -1), places.slice(1).toReversed()]
  const roadOf = (a: string, b: string) => roads.find((road) => road.a === a && road.b === b)
  return (
    <table className="stage-roads">
      <caption className="hidden">Roads</caption>
      <thead>
        <tr>
          <td />
          {columns.map((place) => (
            <th key={place} scope="col">
              {callOf(place)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((a) => (
          <tr key={a}>
            <th scope="row">{callOf(a)}</th>
            {columns.map((b) => {
              const road = roadOf(a, b)
              return <td key={b}>{road && <RoadButton stage={stage} callOf={callOf} road={road} />}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const RoadButton = ({ stage, callOf, road: { a, b, there, back } }: PanelProps & { readonly road: RoadAt }) => {
  const { network } = stage.world
  const isOpen = there && back
  const names = `${callOf(a)} and ${callOf(b)}`
  const road = `The road between ${stage.callOf(a)} and ${stage.callOf(b)}`
  const toggle = () =>
    isOpen
      ? stage.do(`${road} is cut`, () => network.cut(a, b))
      : stage.do(`${road} is healed`, () => network.heal(a, b))
  return (
    <button
      type="button"
      className="stage-road"
      data-open={isOpen ? 'both' : there || back ? 'one' : 'none'}
      aria-label={`Road between ${names}: ${isOpen ? 'open' : 'cut'}`}
      onClick={() => void toggle()}
    >
      {isOpen ? 'open' : there || back ? 'one way' : 'cut'}
    </button>
  )
}

const LATENCIES = [5, 40, 150, 400, 1_000]
const LOSSES = [0, 0.01, 0.05, 0.2]
const RATES = [Number.POSITIVE_INFINITY, 250_000, 20_000, 5_000]

const rateWords = (rate: number) => (rate === Number.POSITIVE_INFINITY ? 'no limit' : `${rate / 1_000} kB/s`)

/** The shape of every road at once. */
const AllRoads = ({ stage }: Pick<PanelProps, 'stage'>) => {
  const { network, devices } = stage.world
  const road = network.road(devices[0]?.name ?? 'server', 'server')
  const shape = (says: string, change: Parameters<typeof network.shape>[0]) =>
    void stage.do(`Every road: ${says}`, () => network.shape(change))
  return (
    <div className="stage-shapes">
      <Shape
        label="Latency"
        values={LATENCIES}
        value={road.latencyMs}
        words={(ms) => `${ms} ms`}
        onShape={(latencyMs) => shape(`${latencyMs} ms`, { latencyMs })}
      />
      <Shape
        label="Loss"
        values={LOSSES}
        value={road.loss}
        words={(loss) => `${loss * 100} %`}
        onShape={(loss) => shape(`${loss * 100} % lost`, { loss })}
      />
      <Shape
        label="Rate"
        values={RATES}
        value={road.bytesPerSecond}
        words={rateWords}
        onShape={(bytesPerSecond) => shape(rateWords(bytesPerSecond), { bytesPerSecond })}
      />
    </div>
  )
}

interface ShapeProps {
  readonly label: string
  readonly values: readonly number[]
  readonly value: number
  readonly words: (value: number) => string
  readonly onShape: (value: number) => void
}

const Shape = ({ label, values, value, words, onShape }: ShapeProps) => {
  const id = useId()
  const all = values.includes(value) ? values : [value, ...values]
  return (
    <div className="stage-shape">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onShape(Number(event.target.value))}>
        {all.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </select>
    </div>
  )
}
