import { useEffect, useState } from 'react'
import { useSurroundings } from './surroundings.ts'

const HALF_A_MINUTE = 30_000

/** The time, ms since 1970, often enough for “2 minutes ago”. */
export const useNow = (): number => {
  const { now: given } = useSurroundings()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), HALF_A_MINUTE)
    return () => clearInterval(timer)
  }, [])
  return given ?? now
}
