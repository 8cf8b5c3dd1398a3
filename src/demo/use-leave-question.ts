import { useEffect } from 'react'

/** The browser asks before a reload or a closed tab takes what would be lost. */
export const useLeaveQuestion = (isNeeded: boolean): void => {
  useEffect(() => {
    if (!isNeeded) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isNeeded])
}
