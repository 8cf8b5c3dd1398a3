import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { askIn, openClient } from '../../tests/support/signaling-client.ts'
import { createSignalingServer, type SignalingServer } from './create-signaling-server.ts'
import { createTokenVerifier, type OperatorTokenOptions } from './operator-tokens.ts'

const SECRET = 'the secret of an operator, which is long'
const ROOM = 'a-room'
const claim = { room: ROOM, peer: 'p', nonce: 'n' }
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
const ed25519 = generateKeyPairSync('ed25519')
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })

/** Made by hand, so that the package is not asked about itself. */
const jwt = (alg: string, claims: object, seal: (text: Buffer) => Buffer): string => {
  const parts = [{ alg, typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  return [...parts, seal(Buffer.from(parts.join('.'))).toString('base64url')].join('.')
}
const byHmac =
  (secret: string, hash = 'sha256') =>
  (text: Buffer) =>
    createHmac(hash, secret).update(text).digest()
const byEd25519 = (key: KeyObject) => (text: Buffer) => sign(null, text, key)
const byP256 = (key: KeyObject) => (text: Buffer) => sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' })
const good = { exp: inSeconds(600) }

const check = async (token: string | undefined, options: Partial<OperatorTokenOptions> = {}) => {
  return (await createTokenVerifier({ key: SECRET, isRequired: true, ...options }))(token, claim)
}
const publicJwk = (key: KeyObject) => JSON.stringify(key.export({ format: 'jwk' }))

describe('a token of the operator', () => {
  it.each([
    ['by the secret', jwt('HS256', good, byHmac(SECRET)), SECRET],
    ['by an Ed25519 key', jwt('EdDSA', good, byEd25519(ed25519.privateKey)), publicJwk(ed25519.publicKey)],
    ['by a P-256 key', jwt('ES256', good, byP256(p256.privateKey)), publicJwk(p256.publicKey)],
  ])('%s lets in', async (_, token, key) => {
    expect(await check(token, { key })).toBe('ok')
    expect(await check(token, { key: `${key}\n` })).toBe('ok')
  })

  it('is asked for, where the operator wants one', async () => {
    expect([await check(undefined), await check(undefined, { isRequired: false })]).toEqual(['auth-required', 'ok'])
  })

  it.each([
    ['that is over', { exp: inSeconds(-60) }, 'token-expired'],
    ['that is not valid yet', { ...good, nbf: inSeconds(600) }, 'token-expired'],
    ['without an end', {}, 'bad-proof'],
    ['for this room', { ...good, room: ROOM }, 'ok'],
    ['for another room', { ...good, room: 'another' }, 'auth-required'],
    ['for a room that is none', { ...good, room: null }, 'auth-required'],
  ])('%s', async (_, claims, verdict) => {
    expect(await check(jwt('HS256', claims, byHmac(SECRET)))).toBe(verdict)
  })

  it.each([
    ['for this audience', { ...good, aud: 'here' }, 'ok'],
    ['for others and this', { ...good, aud: ['there', 'here'] }, 'ok'],
    ['for another audience', { ...good, aud: 'there' }, 'auth-required'],
    ['for no audience', good, 'auth-required'],
  ])('%s, where the operator names one', async (_, claims, verdict) => {
    expect(await check(jwt('HS256', claims, byHmac(SECRET)), { audience: 'here' })).toBe(verdict)
  })

  it.each([
    ['by another secret', jwt('HS256', good, byHmac(`${SECRET}!`)), SECRET],
    ['by nobody', jwt('none', good, () => Buffer.alloc(0)), SECRET],
    ['by another method than the key’s', jwt('HS512', good, byHmac(SECRET, 'sha512')), SECRET],
    [
      'that takes the public key for a secret',
      jwt('HS256', good, byHmac(publicJwk(ed25519.publicKey))),
      publicJwk(ed25519.publicKey),
    ],
    [
      'by another Ed25519 key',
      jwt('EdDSA', good, byEd25519(generateKeyPairSync('ed25519').privateKey)),
      publicJwk(ed25519.publicKey),
    ],
    ['that was changed', jwt('HS256', good, byHmac(SECRET)).replace('.', '.e30'), SECRET],
    ['that is none', 'dance', SECRET],
    ['of nothing', '', SECRET],
  ])('forged: %s', async (_, token, key) => {
    expect(await check(token, { key })).toBe('bad-proof')
  })
})

describe('a key for tokens', () => {
  it.each([
    ['short', 'a secret has at least 32 bytes'],
    ['{', 'this is not JSON'],
    ['{"kty":"RSA","n":"x","e":"AQAB"}', 'Ed25519 or P-256'],
    ['{"kty":"OKP","crv":"X25519","x":"x"}', 'Ed25519 or P-256'],
    ['{"kty":"OKP","crv":"Ed25519","x":"x","d":"y"}', 'give the public half'],
    ['{"kty":"OKP","crv":"Ed25519","x":"!"}', 'cannot be used'],
  ])('is not %j', async (key, words) => {
    const made = createSignalingServer({ operatorKey: key })
    await expect(made).rejects.toMatchObject({ code: 'options-invalid', message: expect.stringContaining(words) })
  })
})

describe('a server with a key of its operator', () => {
  let server: SignalingServer | undefined
  afterEach(async () => {
    await server?.close()
    server = undefined
  })
  const joinWith = async (more: Readonly<Record<string, string>>) => {
    const device = openClient(server?.url ?? '')
    await askIn(device, 'r', 'ada', more)
    const answer = await Promise.race([device.next('joined'), device.next('error')])
    await device.close()
    return answer['code'] ?? answer['t']
  }

  it('asks for a token where one is required, and takes those that it signed', async () => {
    server = await createSignalingServer({ operatorKey: SECRET, requireToken: true, tokenAudience: 'here' })
    const token = jwt('HS256', { ...good, aud: 'here' }, byHmac(SECRET))
    expect([await joinWith({}), await joinWith({ token })]).toEqual(['auth-required', 'joined'])
    expect(await joinWith({ token: jwt('HS256', good, byHmac(SECRET)) })).toBe('auth-required')
  })

  it('does without where none is required, but not with a bad one', async () => {
    server = await createSignalingServer({ operatorKey: SECRET })
    const old = jwt('HS256', { exp: inSeconds(-60) }, byHmac(SECRET))
    expect([await joinWith({}), await joinWith({ token: old })]).toEqual(['joined', 'token-expired'])
  })

  it.each([
    { requireToken: true },
    { tokenAudience: 'here' },
    { operatorKey: SECRET, verifyToken: async () => 'ok' as const },
  ])('is not made of %j', async (options) => {
    await expect(createSignalingServer(options)).rejects.toMatchObject({ code: 'options-invalid' })
  })
})
