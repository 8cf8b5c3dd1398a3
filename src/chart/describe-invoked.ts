import type { AnyStateNode } from 'xstate'
import type { ChartChild } from './chart.types.ts'
import { describeSeat } from './describe-seat.ts'

interface Written {
  readonly id?: string
  readonly src: unknown
}

/** As the author wrote them: XState gives names of its own to inline logic, and ids to those without one. */
const written = (node: AnyStateNode): readonly Written[] => [node.config.invoke ?? []].flat() as Written[]

/** What a state invokes while it lasts. */
export const describeInvoked = (node: AnyStateNode): ChartChild[] =>
  node.invoke.map(({ id, systemId }, index) => ({
    id,
    ...describeSeat(node.machine, written(node)[index]?.src),
    how: 'invoked',
    ...(systemId !== undefined && { systemId }),
  }))

/** What to call an invoked child: its id, but the seat's name where it was given none. */
export const invokedName = (node: AnyStateNode, id: string): string => {
  const index = node.invoke.findIndex((invoke) => invoke.id === id)
  const invoke = written(node)[index]
  if (invoke === undefined || invoke.id !== undefined) return id
  const { src } = describeSeat(node.machine, invoke.src)
  return src === 'inline' ? 'inline child' : src
}
