import type { ChartLine } from './layout.types.ts'

interface ChartWordsProps {
  readonly line: ChartLine
  readonly index: number
  readonly x: number
  readonly y: number
  /** One of its transitions was taken last. */
  readonly last: boolean
}

/** One line of a chart: event, [guard], and how long or how many. */
export const ChartWords = ({ line, index, x, y, last }: ChartWordsProps) => (
  <text className="fm-words" x={x} y={y} data-line={index} {...(last && { 'data-last': '' })}>
    {line.event}
    {line.guard !== undefined && (
      <tspan className="fm-guard">
        {line.event !== '' && ' '}
        {line.guard}
      </tspan>
    )}
    {line.aside !== undefined && <tspan className="fm-aside"> · {line.aside}</tspan>}
  </text>
)
