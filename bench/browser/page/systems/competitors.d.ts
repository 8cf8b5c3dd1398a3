// The few names of the competitors that are used here: their packages are installed beside the benchmarks only.

declare module 'yjs' {
  class YMap<T> {
    constructor(entries?: Iterable<readonly [string, unknown]>)
    readonly size: number
    get(key: string): T | undefined
    set(key: string, value: T): T
    observeDeep(observer: () => void): void
  }
  export { YMap as Map }
  export class Doc {
    getMap<T>(name: string): YMap<T>
    transact(work: () => void): void
  }
}

declare module 'y-webrtc' {
  import type { Doc } from 'yjs'
  export class WebrtcProvider {
    constructor(room: string, doc: Doc, options: { signaling: string[] })
    connect(): void
    disconnect(): void
  }
}

declare module '@automerge/automerge-repo' {
  export type PeerId = string
  export interface Message {
    readonly type: string
  }
  export const cbor: { encode(value: unknown): Uint8Array; decode(bytes: Uint8Array): unknown }
  export abstract class NetworkAdapter {
    peerId?: PeerId
    emit(event: 'peer-candidate', peer: { peerId: PeerId; peerMetadata: object }): boolean
    emit(event: 'message', message: Message): boolean
    abstract isReady(): boolean
    abstract whenReady(): Promise<void>
    abstract connect(peerId: PeerId): void
    abstract send(message: Message): void
    abstract disconnect(): void
  }
  /** A string as one value, of which the last writer’s stands. */
  export class ImmutableString {
    constructor(value: string)
    readonly val: string
  }
  export interface DocHandle<T> {
    readonly url: string
    isReady(): boolean
    doc(): T
    change(work: (doc: T) => void): void
    on(event: 'change', handler: () => void): void
  }
  export class Repo {
    constructor(options: { network: NetworkAdapter[] })
    create<T>(initial: T): DocHandle<T>
    find<T>(url: string): Promise<DocHandle<T>>
  }
}
