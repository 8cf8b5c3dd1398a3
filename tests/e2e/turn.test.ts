import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSignalingServer, type SignalingServer } from '#server/index'
import { turnCredentials } from '#server/turn-credentials'
import { joinRoom } from '../support/signaling-client.ts'
import { allocate, type Credentials } from './support/stun.ts'
import { hasTurnServer, startTurnServer, type TurnServer } from './support/turn-server.ts'

if (!hasTurnServer)
  process.stdout.write('TURN is not tested: there is no turnserver here (Debian: apt install coturn).\n')

const SECRET = 'shared by two servers'
const DAY_MS = 86_400_000

describe.skipIf(!hasTurnServer)('the credentials that come with a join, at a real coturn', () => {
  let turn: TurnServer
  let signaling: SignalingServer
  beforeAll(async () => {
    turn = await startTurnServer(SECRET)
    signaling = await createSignalingServer({ turn: { urls: urlOf(turn.port), secret: SECRET } })
  })
  afterAll(async () => {
    await signaling?.close()
    await turn?.stop()
  })
  const urlOf = (port: number) => `turn:127.0.0.1:${port}?transport=udp`

  test('are good for a relayed address', async () => {
    const device = await joinRoom(signaling.url, 'r', 'ada')
    const ices = device.frames.flatMap(({ ice }) => (ice ?? []) as readonly (Credentials & { readonly urls: string })[])
    expect(ices).toHaveLength(1)
    const [ice = { urls: '', username: '', credential: '' }] = ices
    expect(ice.urls).toBe(urlOf(turn.port))
    expect(await allocate(turn.port, ice)).toEqual({ relayed: expect.any(Buffer) })
    await device.close()
  })

  test.each<[string, () => Credentials]>([
    ['by another secret', () => turnCredentials({ urls: 'turn:x', secret: 'another' }, 'ada', Date.now())],
    ['that are over', () => turnCredentials({ urls: 'turn:x', secret: SECRET }, 'ada', Date.now() - 2 * DAY_MS)],
    [
      'whose time was changed',
      () => {
        const { credential } = turnCredentials({ urls: 'turn:x', secret: SECRET }, 'ada', Date.now() - 2 * DAY_MS)
        return { username: `${Math.floor((Date.now() + DAY_MS) / 1000)}:ada`, credential }
      },
    ],
  ])('%s are refused', async (_, credentials) => {
    expect(await allocate(turn.port, credentials())).toEqual({ refused: 401 })
  })
})
