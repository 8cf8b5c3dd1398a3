/** Running fingerprint of a simulation: what happened, when, with which bytes. */
export interface Trace {
  /** Notes an event; `bytes` go into the fingerprint too. */
  note(at: number, what: string, bytes?: Uint8Array): void
  /** Listeners see the events as they happen; the fingerprint is the same with and without. */
  readonly onNote: (listener: (at: number, what: string, bytes?: number) => void) => void
  /** 16 hex digits. */
  readonly digest: () => string
}

/** Two lanes of FNV-like mixing (cyrb53 by bryc, public domain): quick, and no protection against anybody. */
export const createTrace = (): Trace => {
  const listeners: ((at: number, what: string, bytes?: number) => void)[] = []
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  const mix = (value: number): void => {
    a = Math.imul(a ^ value, 2_654_435_761)
    b = Math.imul(b ^ value, 1_597_334_677)
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')
  return {
    note: (at, what, bytes) => {
      mix(Math.round(at * 1_000) | 0)
      for (let i = 0; i < what.length; i++) mix(what.charCodeAt(i))
      if (bytes) for (const byte of bytes) mix(byte)
      a = (a << 13) | (a >>> 19)
      for (const listener of listeners) listener(at, what, bytes?.length)
    },
    onNote: (listener) => void listeners.push(listener),
    digest: () => hex(a ^ (b >>> 15)) + hex(b ^ (a >>> 13)),
  }
}
