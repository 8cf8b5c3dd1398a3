import type { Facts } from './facts.ts'

type Path = 'pending' | 'whole' | 'lost' | 'dead' | 'closed'

const WHOLE: readonly string[] = ['connected', 'completed']

/** Both states count: some stacks keep only one of them up to date. */
const pathOf = (pc: RTCPeerConnection): Path => {
  const states: readonly string[] = [pc.connectionState, pc.iceConnectionState]
  if (states.includes('closed')) return 'closed'
  if (states.includes('failed')) return 'dead'
  if (states.includes('disconnected')) return 'lost'
  return states.some((state) => WHOLE.includes(state)) ? 'whole' : 'pending'
}

/** Tells when an open link loses its path, finds it again, or is dead. A link not open yet can only die. */
export const watchPath = (pc: RTCPeerConnection, facts: Facts, isOpen: () => boolean): void => {
  let lost = false
  const look = (): void => {
    const path = pathOf(pc)
    if (path === 'dead') facts.end({ type: 'link.failed', fault: 'link-failed' })
    if (path === 'closed') facts.end({ type: 'link.closed' })
    if (path === 'lost' && !lost && isOpen()) {
      lost = true
      facts.tell({ type: 'link.disconnected' })
    }
    if (path === 'whole' && lost) {
      lost = false
      facts.tell({ type: 'link.restored' })
    }
  }
  pc.onconnectionstatechange = look
  pc.oniceconnectionstatechange = look
}
