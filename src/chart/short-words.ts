/** Characters of one name in a drawing; all of it is told below the chart, and in its outline. */
const MOST = 60

/** Words as short as a drawing has room for. */
export const shortWords = (words: string): string => {
  if (words.length <= MOST) return words
  const letters = Array.from(words)
  return letters.length <= MOST ? words : `${letters.slice(0, MOST - 1).join('')}…`
}
