import type { ChartState, ChartTransition } from './chart.types.ts'
import { ROOM } from './chart-sizes.ts'
import type { BoxParts, Chip } from './layout.types.ts'
import { linesOf } from './lines-of.ts'
import { shortWords } from './short-words.ts'
import { textWidth } from './text-width.ts'

const countStates = (state: ChartState): number => state.states.reduce((sum, inner) => sum + 1 + countStates(inner), 0)

const noteOf = (state: ChartState, folded: boolean): string | undefined => {
  const count = countStates(state)
  if (!folded || count === 0) return undefined
  return count === 1 ? '1 state' : `${count} states`
}

const chipsOf = ({ children }: ChartState): Chip[] => {
  const chips: Chip[] = []
  let [x, y]: [number, number] = [ROOM.side, ROOM.head]
  for (const { id, src, how, numbered } of children) {
    const name = numbered ? `${id} ×n` : id
    const text = shortWords(id === src ? name : `${name} · ${src}`)
    const width = textWidth(text, 'text') + 2 * ROOM.chipSide + ROOM.chipIcon
    if (x > ROOM.side && x + width > ROOM.chipsWidth) {
      x = ROOM.side
      y += ROOM.chip + ROOM.gap
    }
    chips.push({ id, text, how, x, y, width, height: ROOM.chip })
    x += width + ROOM.gap
  }
  return chips
}

/** What stands in a state's box, and the room that takes. */
export const boxParts = (state: ChartState, stays: readonly ChartTransition[], folded: boolean): BoxParts => {
  const title = shortWords(state.key)
  const note = noteOf(state, folded)
  const chips = chipsOf(state)
  const lines = linesOf(stays)
  const last = chips.at(-1)
  const linesTop = last === undefined ? ROOM.head : last.y + last.height + ROOM.gap
  const foldable = state.states.length > 0
  const noteWidth = note === undefined ? 0 : textWidth(note, 'text') + 2 * ROOM.gap
  const head = textWidth(title, 'title') + noteWidth + (foldable ? ROOM.handle : 0) + 2 * ROOM.side
  const widest = Math.max(
    head,
    ...chips.map((chip) => chip.x + chip.width + ROOM.side),
    ...lines.map((line) => line.width + 2 * ROOM.side),
  )
  const filled = lines.length > 0 ? linesTop + lines.length * ROOM.line + ROOM.foot : linesTop
  const height = lines.length === 0 && chips.length > 0 ? filled + 2 : filled
  return {
    title,
    ...(note !== undefined && { note }),
    chips,
    lines,
    linesTop,
    width: Math.max(ROOM.least, widest),
    height: Math.max(ROOM.head + 4, height),
  }
}
