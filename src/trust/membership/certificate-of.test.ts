import { describe, expect, it } from 'vitest'
import { suites } from '../suites.testing.ts'
import { encodeCertificate } from './certificate-codec.ts'
import { CAST, opening } from './matrix.testing.ts'
import { Play } from './play.testing.ts'
import { verifyCertificate } from './verify-certificate.ts'

describe.each(suites)('the certificate that a room gives, by $name', ({ makeSuite }) => {
  it('is taken by whoever has the room’s secret and nothing else', async () => {
    const play = await Play.of(makeSuite(), 'certified', CAST)
    await opening(play)
    await play.certify('A', 'C', { role: 'admin' })
    play.tell('C', 'A')
    await play.certify('C', 'D', { role: 'reader' })
    const membership = await play.judge(play.written)
    const links = membership.certificateOf(play.id('D'), play.now)
    expect(links?.map(({ name }) => name)).toEqual(['F', 'A', 'C', 'D'])
    const trust = { ...play.trust, now: play.now, removed: membership.removed }
    expect(await verifyCertificate(encodeCertificate(links ?? []), trust)).toEqual(
      membership.memberAt(play.id('D'), play.now),
    )
  })

  it('is the shortest there is, none beyond four links, and none of a removed device', async () => {
    const play = await Play.of(makeSuite(), 'certified', [...CAST, 'E'])
    await opening(play)
    for (const [by, subject] of [
      ['A', 'C'],
      ['C', 'D'],
      ['D', 'E'],
    ] as const) {
      play.tell(by, 'A', 'C')
      await play.certify(by, subject, { role: 'admin' })
      play.tell(subject, by)
    }
    const long = await play.judge(play.written)
    expect([long.memberAt(play.id('E'), play.now)?.role, long.certificateOf(play.id('E'), play.now)]).toEqual([
      'admin',
      undefined,
    ])
    play.tell('F', 'D')
    await play.certify('F', 'D', { role: 'admin' })
    const short = await play.judge(play.written)
    expect(short.certificateOf(play.id('D'), play.now)?.map(({ name }) => name)).toEqual(['F', 'D'])
    await play.remove('F', 'D')
    expect((await play.judge(play.written)).certificateOf(play.id('D'), play.now)).toBeUndefined()
  })
})
