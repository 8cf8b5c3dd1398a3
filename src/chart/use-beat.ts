import { useState } from 'react'

/** Alternates with every new array, so that the same transition taken twice is seen twice. */
export const useBeat = (last: readonly string[]): 'even' | 'odd' => {
  const [seen, setSeen] = useState({ last, isOdd: false })
  if (seen.last === last) return seen.isOdd ? 'odd' : 'even'
  setSeen({ last, isOdd: !seen.isOdd })
  return seen.isOdd ? 'even' : 'odd'
}
