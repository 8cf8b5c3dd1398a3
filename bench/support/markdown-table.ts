/** A cell's text without what would end the cell. */
export const escaped = (cell: string): string => cell.replaceAll('|', '\\|')

/** A line of a Markdown table. */
export const line = (content: readonly string[]): string => `| ${content.map(escaped).join(' | ')} |`
