import type { Signal } from '#wire/signal'
import { parseSignal } from '#wire/signaling-schema'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A signal as the bytes that go into a box. */
export const bytesOf = (signal: Signal): Uint8Array => encoder.encode(JSON.stringify(signal))

/** The signal in the bytes of a box; undefined where there is none. */
export const signalIn = (plain: Uint8Array): Signal | undefined => {
  try {
    const parsed = parseSignal(decoder.decode(plain))
    return parsed.ok ? parsed.signal : undefined
  } catch {
    // Not UTF-8.
    return undefined
  }
}
