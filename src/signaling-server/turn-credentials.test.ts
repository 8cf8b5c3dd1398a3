import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { idOf } from '../../tests/support/named-keys.ts'
import { askIn, openClient } from '../../tests/support/signaling-client.ts'
import { parseServerFrame } from '#wire/signaling-schema'
import { createSignalingServer, type SignalingServer } from './create-signaling-server.ts'
import { type TurnOptions, turnCredentials } from './turn-credentials.ts'

const turn: TurnOptions = { urls: ['turn:turn.example.org:3478', 'turns:turn.example.org:443'], secret: 'north' }
const NOW = Date.UTC(2026, 0, 1)

let server: SignalingServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

describe('credentials for a TURN server', () => {
  it('name when they end and whom they are for, under the secret that both servers share', () => {
    const { urls, username, credential } = turnCredentials({ ...turn, ttlSeconds: 600 }, 'ada', NOW + 999)
    expect([urls, username]).toEqual([turn.urls, `${NOW / 1000 + 600}:ada`])
    // printf '%s' '1767226200:ada' | openssl dgst -sha1 -hmac north -binary | base64
    expect(credential).toBe('SUdHwx4EitQp/chNpdBCHAHzJ7g=')
  })

  it('are good for a day where nothing else is said, and differ for each device and secret', () => {
    const ada = turnCredentials(turn, 'ada', NOW)
    expect(ada.username).toBe(`${NOW / 1000 + 86_400}:ada`)
    const others = [turnCredentials(turn, 'bob', NOW), turnCredentials({ ...turn, secret: 'south' }, 'ada', NOW)]
    for (const { credential } of others) expect(credential).not.toBe(ada.credential)
  })

  it('come with the join, each device its own, and never the secret', async () => {
    server = await createSignalingServer({ turn })
    for (const name of ['ada', 'bob']) {
      const device = openClient(server.url)
      await askIn(device, 'r', name)
      const joined = await device.next('joined')
      expect(parseServerFrame(JSON.stringify(joined))).toMatchObject({ ok: true })
      const [ice] = joined['ice'] as [{ username: string; credential: string }]
      const [end = '', ...peer] = ice.username.split(':')
      expect([peer.join(':'), Number(end) > Date.now() / 1000]).toEqual([idOf(name), true])
      const credential = createHmac('sha1', 'north').update(ice.username).digest('base64')
      expect(ice).toEqual({ urls: turn.urls, username: ice.username, credential })
      expect(JSON.stringify(device.frames)).not.toContain('north')
      await device.close()
    }
  })

  it.each([
    { ...turn, urls: [] },
    { ...turn, urls: 'stun:turn.example.org' },
    { ...turn, urls: 'turn: example' },
    { ...turn, urls: Array.from({ length: 17 }, () => 'turn:x') },
    { ...turn, secret: '' },
    { ...turn, ttlSeconds: 0 },
    { ...turn, ttlSeconds: 1.5 },
  ] satisfies TurnOptions[])('are not made of %j', async (wrong) => {
    await expect(createSignalingServer({ turn: wrong })).rejects.toMatchObject({ code: 'options-invalid' })
  })
})
