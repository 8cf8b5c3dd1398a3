import type { ChartModel } from './chart.types.ts'
import { statesWithin } from './chart-tree.ts'
import { type Details, detailsOf, type Pointed } from './details-of.ts'
import type { ChartLayout } from './layout.types.ts'

interface ChartDetailsProps {
  readonly model: ChartModel
  readonly layout: ChartLayout | undefined
  readonly pointed: Pointed | undefined
  readonly lit: ReadonlySet<string>
}

/** With nothing pointed at: where the machine is. */
const overview = ({ root }: ChartModel, lit: ReadonlySet<string>): Details => {
  const leaves = statesWithin(root).filter(
    ({ id, states }) => lit.has(id) && !states.some((inner) => lit.has(inner.id)),
  )
  const hint = 'Point at a state or an arrow to read about it.'
  if (leaves.length === 0) return { title: root.key, says: root.description ?? '', facts: hint }
  const said = leaves.length === 1 ? leaves[0] : root
  return { title: leaves.map(({ key }) => key).join(' · '), says: said?.description ?? '', facts: hint }
}

/** Says in words what a person points at, or where the machine is. */
export const ChartDetails = ({ model, layout, pointed, lit }: ChartDetailsProps) => {
  const told = pointed && layout && detailsOf(model, layout, pointed, lit)
  const { title, says, facts } = told ?? overview(model, lit)
  return (
    <div className="fm-chart-details">
      <p dir="auto">
        <strong>{title}</strong> {says}
      </p>
      <p dir="auto">{facts}</p>
    </div>
  )
}
