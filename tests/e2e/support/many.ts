import type { Device } from './device.ts'

/** Letters that hardly shrink when deflated, as photographs do. */
const NOTE_LETTERS = 1_000

/** Writes so many records of some size in one call; says `stored`, or the fault. */
export const syncMany = ({ page }: Device, count: number, name = 'many'): Promise<string> =>
  page.evaluate(
    async ([prefix, wanted, letters]) => {
      const note = () => Array.from({ length: letters / 10 }, () => Math.random().toString(36).slice(2, 12)).join('')
      const inputs = Array.from(
        { length: wanted },
        (_, i) =>
          ({
            id: `${prefix}-${i}`,
            resourceType: 'reading',
            action: 'create',
            data: { kwh: i, note: note() },
          }) as const,
      )
      return (
        window.fieldmesh?.engine.sync(inputs).then(
          () => 'stored',
          (error: { readonly code: string }) => error.code,
        ) ?? 'no engine'
      )
    },
    [name, count, NOTE_LETTERS] as const,
  )
