import { type KeyboardEvent, useId } from 'react'
import type { ChartModel } from '#chart/chart.types'
import { type ActorNode, actorTree, nameOf, tellingStates } from './actor-tree-model.ts'
import type { ActorChoice } from './actor-choice.ts'
import { HUES } from './hues.ts'
import { listKey } from './list-keys.ts'
import { actorKey, type Moment } from './moments.ts'
import type { ShownDevice } from './timeline.ts'
import { stateName } from './words.ts'

interface ActorTreeProps {
  readonly devices: readonly ShownDevice[]
  readonly all: readonly ShownDevice[]
  readonly moment: Moment
  readonly chosen: ActorChoice | undefined
  readonly onChoose: (actor: ActorChoice) => void
}

const statesOf = (chart: ChartModel | undefined, { seen }: ActorNode): string =>
  tellingStates(chart, seen.states)
    .map((id) => stateName(chart, id))
    .join(' · ')

interface ItemProps {
  readonly id: string
  readonly node: ActorNode
  readonly name: string
  readonly states: string
  readonly isChosen: boolean
  readonly hasMoved: boolean
  readonly onChoose: () => void
}

const Item = ({ id, node, name, states, isChosen, hasMoved, onChoose }: ItemProps) => {
  const { seen, level } = node
  const told = seen.status === 'active' ? states : seen.status
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree itself has the focus, and takes the keys
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-selected={isChosen}
      className="fmi-actor"
      data-status={seen.status}
      data-testid={`actor-${seen.id}`}
      {...(hasMoved && { 'data-moved': '' })}
      style={{ paddingInlineStart: `${level * 14 - 4}px` }}
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

/** Who lives on a device: each actor below its parent, with the states it is in. Arrows go from one to the next. */
const DeviceTree = ({ device, ...props }: Omit<ActorTreeProps, 'devices'> & { readonly device: ShownDevice }) => {
  const { all, moment, chosen, onChoose } = props
  const prefix = useId()
  const nodes = actorTree(
    device.key,
    moment.actors.get(device.key) ?? {},
    chosen?.device === device.key ? chosen.actor : undefined,
  )
  const isChosen = ({ seen }: ActorNode) => chosen?.device === device.key && chosen.actor === seen.actor
  const at = nodes.findIndex(isChosen)
  const choose = (to: number) => {
    const node = nodes[to]
    if (node) onChoose({ device: device.key, actor: node.seen.actor })
  }
  const press = (event: KeyboardEvent) => {
    const to = listKey(event, at, nodes.length)
    if (to !== undefined) choose(to)
  }
  return (
    <div
      role="tree"
      tabIndex={0}
      className="fmi-tree"
      aria-label={`Actors of ${device.title}`}
      data-testid={`tree-${device.key}`}
      {...(at >= 0 && { 'aria-activedescendant': `${prefix}${at}` })}
      onKeyDown={press}
    >
      {nodes.map((node, index) => (
        <Item
          key={node.seen.actor}
          id={`${prefix}${index}`}
          node={node}
          name={nameOf(node.seen, all)}
          states={statesOf(node.seen.machine === undefined ? undefined : device.log?.chart(node.seen.machine), node)}
          isChosen={isChosen(node)}
          hasMoved={moment.moved.has(actorKey(device.key, node.seen.actor))}
          onChoose={() => choose(index)}
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
