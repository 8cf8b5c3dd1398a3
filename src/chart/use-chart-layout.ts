import { useEffect, useMemo, useState } from 'react'
import { FieldmeshError } from '#model/fault'
import type { ChartModel } from './chart.types.ts'
import type { Layouter } from './create-layouter.ts'
import type { ChartDirection, ChartLayout } from './layout.types.ts'

interface Placed {
  readonly model: ChartModel
  readonly layouts: readonly ChartLayout[]
  readonly failure?: string
}

interface Room {
  readonly width: number
  readonly height: number
}

const wordsOf = (error: unknown): string => {
  if (error instanceof FieldmeshError) return `${error.message} ${error.hint}`
  return error instanceof Error ? error.message : 'The chart could not be placed.'
}

const scaleIn = ({ width, height }: Room, layout: ChartLayout): number =>
  Math.min(1, width / layout.width, height / layout.height)

const largest = (layouts: readonly ChartLayout[], room: Room): ChartLayout | undefined =>
  layouts.reduce<ChartLayout | undefined>(
    (best, each) => (best === undefined || scaleIn(room, each) > scaleIn(room, best) ? each : best),
    undefined,
  )

/**
 * Places a chart, in the direction in which it can be shown larger where none is asked for. While another folding is
 * being placed, the one before stays.
 */
export const useChartLayout = (
  layouter: Layouter,
  model: ChartModel,
  folded: ReadonlySet<string>,
  direction: ChartDirection | 'auto',
  room: Room | undefined,
) => {
  const [placed, setPlaced] = useState<Placed>()
  useEffect(() => {
    let isWanted = true
    const directions = direction === 'auto' ? (['right', 'down'] as const) : [direction]
    Promise.all(directions.map((each) => layouter.layout(model, folded, each))).then(
      (layouts) => isWanted && setPlaced({ model, layouts }),
      (error: unknown) => isWanted && setPlaced({ model, layouts: [], failure: wordsOf(error) }),
    )
    return () => {
      isWanted = false
    }
  }, [layouter, model, folded, direction])
  const current = placed?.model === model ? placed : undefined
  const layout = useMemo(() => current && room && largest(current.layouts, room), [current, room])
  return { layout, failure: current?.failure }
}
