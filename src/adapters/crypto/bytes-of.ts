/** Bytes as WebCrypto takes them. */
export type Bytes = Uint8Array<ArrayBuffer>

/** WebCrypto takes no views of shared memory; the copy also keeps what the caller changes later out. */
export const bytesOf = (bytes: Uint8Array): Bytes => new Uint8Array(bytes)
