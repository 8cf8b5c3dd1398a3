import type { SteadyClock } from '../steady-clock.ts'
import type { Connection } from './connection.ts'

/** A goodbye gets this long to leave; then the connection is closed over it, ms. */
const LINGER_MS = 250

const deafen = ({ pc, channels }: Connection): void => {
  pc.onicecandidate = null
  pc.onnegotiationneeded = null
  pc.onconnectionstatechange = null
  pc.oniceconnectionstatechange = null
  for (const channel of [channels.ctl, channels.bulk]) {
    channel.onopen = null
    channel.onclose = null
    channel.onerror = null
    channel.onmessage = null
    channel.onbufferedamountlow = null
  }
}

/**
 * Closes a connection exactly once, its handlers removed first. `RTCPeerConnection.close()` aborts what is still
 * buffered, whereas closing a channel sends it first (WebRTC 1.0, §6.2.4): after a goodbye the connection is
 * therefore closed when `ctl` is, at the latest after 250 ms.
 */
export const partFrom = (connection: Connection, clock: SteadyClock, saidBye: boolean): void => {
  const { pc, channels } = connection
  deafen(connection)
  if (!saidBye || channels.ctl.readyState !== 'open') {
    pc.close()
    return
  }
  const close = (): void => {
    channels.ctl.onclose = null
    clock.clearTimeout(timer)
    pc.close()
  }
  const timer = clock.setTimeout(close, LINGER_MS)
  channels.ctl.onclose = close
  channels.bulk.close()
  channels.ctl.close()
}
