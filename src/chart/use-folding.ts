import { useCallback, useMemo, useState } from 'react'
import { autoFold } from './auto-fold.ts'
import type { ChartModel } from './chart.types.ts'

interface Folding {
  readonly model: ChartModel
  /** Folded by itself, for want of room. */
  readonly auto: ReadonlySet<string>
  /** What the person did about it. */
  readonly byHand: ReadonlyMap<string, 'open' | 'closed'>
}

const begin = (model: ChartModel, active: readonly string[], budget: number | undefined): Folding => ({
  model,
  auto: autoFold(model, active, budget),
  byHand: new Map(),
})

const effective = ({ auto, byHand }: Folding): ReadonlySet<string> => {
  const folded = new Set(auto)
  for (const [id, how] of byHand) {
    if (how === 'open') folded.delete(id)
    else folded.add(id)
  }
  return folded
}

/**
 * Which states are folded: by what there is room for, changed only when the machine moves into something that is closed,
 * and by what the person opens and closes, which is left as it is.
 */
export const useFolding = (model: ChartModel, active: readonly string[], budget: number | undefined) => {
  const [kept, setKept] = useState(() => begin(model, active, budget))
  let folding = kept
  if (kept.model !== model) folding = begin(model, active, budget)
  else if (active.some((id) => kept.auto.has(id))) folding = { ...kept, auto: autoFold(model, active, budget) }
  if (folding !== kept) setKept(folding)
  const folded = useMemo(() => effective(folding), [folding])
  const toggle = useCallback((id: string) => {
    setKept((before) => {
      const how = effective(before).has(id) ? 'open' : 'closed'
      return { ...before, byHand: new Map(before.byHand).set(id, how) }
    })
  }, [])
  return { folded, toggle }
}
