import { sha256 } from '@noble/hashes/sha2.js'
import { makePeerId } from '#model/identity'
import { concat, utf8 } from './statement.ts'

const LABEL = utf8('fieldmesh.device.v1\0')

/** A device's id, from its public key of 32 bytes: the first 16 bytes of SHA-256(`fieldmesh.device.v1` ‖ 0 ‖ key). */
export const peerIdOf = (publicKey: Uint8Array): string => makePeerId(sha256(concat(LABEL, publicKey)).subarray(0, 16))
