import { describe, expect, it } from 'vitest'
import type { Entry } from '#model/entry'
import { createSimCrypto } from '#sim/crypto'
import { ControlLog } from './control-log.ts'
import { CAST, opening } from './matrix.testing.ts'
import { Play } from './play.testing.ts'

const sim = () => createSimCrypto().suiteFor((length) => new Uint8Array(length))

describe('the control log of a replica', () => {
  it('checks a word of the root once, and takes what comes in turn', async () => {
    const play = await Play.of(sim(), 'certified', CAST)
    await opening(play)
    let checked = 0
    const suite = {
      verify: (...args: Parameters<typeof play.suite.verify>) => {
        checked += 1
        return play.suite.verify(...args)
      },
    }
    const control = new ControlLog({ policy: 'certified', trust: { ...play.trust, suite } })
    const [first, ...others] = play.written
    const taken = [
      control.take([first as Entry]),
      control.take(others),
      control.take([first as Entry]),
      control.take([play.write('A')]),
    ]
    expect(await Promise.all(taken)).toEqual([true, true, true, false])
    expect([checked, control.membership.known.length]).toEqual([1, 3])
  })
})
