const CONTEXT = 60
const LENGTH = 240

/** The beginning of a long text. */
export const brief = (text: string): string => (text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text)

/** A text from shortly before it differs from another; `nothing` for none. */
export const excerpt = (text: string | undefined, other: string | undefined): string => {
  if (text === undefined) return 'nothing'
  let same = 0
  while (same < text.length && text[same] === other?.[same]) same += 1
  const from = Math.max(0, same - CONTEXT)
  return `${from > 0 ? '…' : ''}${brief(text.slice(from))}`
}
