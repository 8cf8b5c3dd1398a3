import { type KeyboardEvent, type RefObject, useId, useRef } from 'react'
import type { ChartModel } from '#chart/chart.types'
import { type ActorNode, actorTree, nameOf, stateWords } from './actor-tree-model.ts'
import type { ActorChoice } from './actor-choice.ts'
import { HUES } from './hues.ts'
import { keepInSight } from './keep-in-sight.ts'
import { listKey } from './list-keys.ts'
import { actorKey, type Moment } from './moments.ts'
import { ROW_HEIGHT } from './row-height.ts'
import type { ShownDevice } from './timeline.ts'
import { useRowWindow } from './use-row-window.ts'

interface ActorTreeProps {
  /** What the trees are scrolled in. */
  readonly scroller: RefObject<HTMLElement | null>
  readonly devices: readonly ShownDevice[]
  readonly all: readonly ShownDevice[]
  readonly moment: Moment
  readonly chosen: ActorChoice | undefined
  readonly onChoose: (actor: ActorChoice) => void
}

const statesOf = (chart: ChartModel | undefined, { seen }: ActorNode): string =>
  stateWords(chart, seen.states).join(' · ')

interface ItemProps {
  readonly id: string
  readonly node: ActorNode
  /** px from the top of the tree. */
  readonly top: number
  readonly name: string
  readonly states: string
  readonly isChosen: boolean
  readonly hasMoved: boolean
  readonly onChoose: () => void
}

const Item = ({ id, node, top, name, states, isChosen, hasMoved, onChoose }: ItemProps) => {
  const { seen, level, place, siblings } = node
  const told = seen.status === 'active' ? states : seen.status
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself has the focus, and takes the keys
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={place}
      aria-setsize={siblings}
      aria-selected={isChosen}
      className="fmi-actor"
      data-status={seen.status}
      data-testid={`actor-${seen.id}`}
      {...(hasMoved && { 'data-moved': '' })}
      style={{ top: `${top}px`, paddingInlineStart: `min(${level * 14 - 4}px, 45%)` }}
      title={[seen.actor, seen.machine ?? seen.src, told].filter(Boolean).join(' · ')}
      onClick={onChoose}
    >
      <span className="fmi-moved" aria-hidden="true" />
      <span className={seen.machine === undefined ? 'fmi-actor-name' : 'fmi-actor-name fmi-machine'}>{name}</span>
      <span className="fmi-actor-states">{told}</span>
      {hasMoved && <span className="fmi-hidden">, just moved</span>}
    </div>
  )
}

/** The name of a device stays above its actors, px. */
const COVER = 30

interface DeviceTreeProps extends Omit<ActorTreeProps, 'devices'> {
  readonly device: ShownDevice
}

const useNodes = ({ device, moment, chosen, scroller, onChoose }: DeviceTreeProps) => {
  const tree = useRef<HTMLDivElement>(null)
  const own = chosen?.device === device.key ? chosen.actor : undefined
  const nodes = actorTree(device.key, moment.actors.get(device.key) ?? {}, own)
  const at = nodes.findIndex(({ seen }) => seen.actor === own)
  const choose = (to: number) => {
    const node = nodes[to]
    if (node) onChoose({ device: device.key, actor: node.seen.actor })
  }
  const press = (event: KeyboardEvent) => {
    const to = listKey(event, at, nodes.length)
    if (to === undefined) return
    choose(to)
    if (scroller.current && tree.current)
      keepInSight(scroller.current, tree.current, { row: to, rowHeight: ROW_HEIGHT, cover: COVER })
  }
  const window = useRowWindow({ scroller, list: tree, count: nodes.length, rowHeight: ROW_HEIGHT })
  return { tree, nodes, at, choose, press, window }
}

/** Who lives on a device: each actor below its parent, with the states it is in. Arrows go from one to the next. */
const DeviceTree = (props: DeviceTreeProps) => {
  const { device, all, moment } = props
  const prefix = useId()
  const { tree, nodes, at, choose, press, window } = useNodes(props)
  const { first, last } = window
  const chartOf = ({ seen: { machine } }: ActorNode) => (machine === undefined ? undefined : device.log?.chart(machine))
  return (
    <div
      ref={tree}
      role="tree"
      tabIndex={0}
      className="fmi-tree"
      aria-label={`Actors of ${device.title}`}
      data-testid={`tree-${device.key}`}
      style={{ height: `${nodes.length * ROW_HEIGHT}px` }}
      {...(at >= first && at < last && { 'aria-activedescendant': `${prefix}${at}` })}
      onKeyDown={press}
    >
      {nodes.slice(first, last).map((node, offset) => (
        <Item
          key={node.seen.actor}
          id={`${prefix}${first + offset}`}
          node={node}
          top={(first + offset) * ROW_HEIGHT}
          name={nameOf(node.seen, all)}
          states={statesOf(chartOf(node), node)}
          isChosen={first + offset === at}
          hasMoved={moment.moved.has(actorKey(device.key, node.seen.actor))}
          onChoose={() => choose(first + offset)}
        />
      ))}
    </div>
  )
}

/** The actors of every device. */
export const ActorTree = ({ devices, ...props }: ActorTreeProps) => (
  <div className="fmi-trees">
    {devices.map((device) => (
      <section key={device.key}>
        <h3 className="fmi-device-name" data-hue={props.all.indexOf(device) % HUES}>
          <span className="fmi-dot" aria-hidden="true" />
          {device.title}
        </h3>
        {device.fault === undefined ? (
          <DeviceTree device={device} {...props} />
        ) : (
          <p className="fmi-note">This device cannot be shown: it runs another version. Reload its page.</p>
        )}
      </section>
    ))}
  </div>
)
