import { LONGEST_TEXT } from './check-recorder-options.ts'

/** Text as long as a recording may hold. */
export const cutText = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…`
