import type { Area, ChartLayout, PlacedBox } from './layout.types.ts'

/** Where the transition taken last led to, if that is still active. */
const reached = ({ boxes, edges }: ChartLayout, lit: ReadonlySet<string>, last: readonly string[]) =>
  last
    .toReversed()
    .map((id) =>
      edges.find(({ target, lines }) => lit.has(target) && lines.some((line) => line.transitions.includes(id))),
    )
    .map((edge) => boxes.find(({ id }) => id === edge?.target))
    .find((box) => box !== undefined)

/** What to look at where not all of a chart can be read at once: where it got to last, else the innermost active state. */
export const placeOfInterest = (
  layout: ChartLayout | undefined,
  lit: ReadonlySet<string>,
  last: readonly string[],
): Area | undefined => {
  if (layout === undefined) return undefined
  const active: readonly PlacedBox[] = layout.boxes.filter(({ id }) => lit.has(id))
  const innermost = active.reduce<PlacedBox | undefined>(
    (best, box) => (best && best.depth >= box.depth ? best : box),
    undefined,
  )
  return reached(layout, lit, last) ?? innermost
}
