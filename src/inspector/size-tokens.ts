const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',')

const counted = (count: number, one: string, many: string): string => `‹${grouped(count)} ${count === 1 ? one : many}›`

/** What stands in for text: `‹1,234 characters›`. */
export const charactersToken = (text: string): string => counted(text.length, 'character', 'characters')

/** What stands in for bytes. */
export const bytesToken = (bytes: number): string => counted(bytes, 'byte', 'bytes')

/** What stands in for a list. */
export const itemsToken = (items: number): string => counted(items, 'item', 'items')

/** What stands in for an object. */
export const fieldsToken = (fields: number): string => counted(fields, 'field', 'fields')

/** What stands in for anything that has a kind but no size that tells something. */
export const kindToken = (kind: string): string => `‹${kind}›`
