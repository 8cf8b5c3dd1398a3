import type { ChartTransition } from './chart.types.ts'
import { MAX_LINES } from './chart-sizes.ts'
import { wordsOfDuration } from './words-of-duration.ts'
import type { ChartLine } from './layout.types.ts'
import { shortWords } from './short-words.ts'
import { textWidth } from './text-width.ts'

type Words = Omit<ChartLine, 'width' | 'transitions'>

const delayText = ({ label, delay }: ChartTransition): string | undefined => {
  if (delay?.ms === undefined) return undefined
  const text = wordsOfDuration(delay.ms)
  // `after 3 s` says it already
  return label.includes(text) || delay.name === String(delay.ms) ? undefined : text
}

const wordsOf = (transition: ChartTransition, count: number): Words => {
  const { kind, label, guard, delay } = transition
  const nameless = delay?.ms !== undefined && delay.name === String(delay.ms)
  const aside = [delayText(transition), count > 1 ? `×${count}` : undefined].filter((each) => each !== undefined)
  return {
    event:
      kind === 'always' && guard !== undefined
        ? ''
        : nameless
          ? `after ${wordsOfDuration(delay.ms)}`
          : shortWords(label),
    ...(guard !== undefined && { guard: `[${shortWords(guard)}]` }),
    ...(aside.length > 0 && { aside: aside.join(' ') }),
  }
}

const widthOf = ({ event, guard = '', aside = '' }: Words): number => {
  const pieces = [event, guard, aside && `· ${aside}`].filter((piece) => piece !== '')
  return textWidth(pieces.join(' '), 'strong') + 2
}

/** The same words from several states are one line. */
const grouped = (transitions: readonly ChartTransition[]): ChartTransition[][] => {
  const groups = new Map<string, ChartTransition[]>()
  for (const transition of transitions) {
    const { kind, label, guard = '' } = transition
    const key = JSON.stringify([kind, label, guard])
    const group = groups.get(key)
    if (group) group.push(transition)
    else groups.set(key, [transition])
  }
  return [...groups.values()]
}

const lineOf = (group: readonly ChartTransition[]): ChartLine[] => {
  const [first] = group
  if (first === undefined) return []
  const words = wordsOf(first, group.length)
  return [{ ...words, transitions: group.map(({ id }) => id), width: widthOf(words) }]
}

/** Transitions as lines of text: those that read alike in one, and no more lines than there is room for. */
export const linesOf = (transitions: readonly ChartTransition[]): ChartLine[] => {
  const lines = grouped(transitions).flatMap(lineOf)
  if (lines.length <= MAX_LINES) return lines
  const kept = lines.slice(0, MAX_LINES - 1)
  const hidden = lines.slice(MAX_LINES - 1)
  const event = `+ ${hidden.length} more`
  const rest = { event, rest: true, transitions: hidden.flatMap((line) => line.transitions) } as const
  return [...kept, { ...rest, width: widthOf(rest) }]
}
