import { randomBytes } from 'node:crypto'

/** 128 random bits as base64url: a nonce, a session, a node's name. */
export const createToken = (): string => randomBytes(16).toString('base64url')
