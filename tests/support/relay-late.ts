import { openRoomKeys } from '#trust/room-keys'
import { createSignalBoxes } from '#trust/sealed-signals'
import { utf8 } from '#trust/statement'
import type { DescriptionSignal } from '#wire/signal'
import { parseSignal } from '#wire/signaling-schema'
import { createRelayEnd } from './relay-end.ts'
import type { MemberRelayOptions } from './relay-member.ts'
import type { BoxUnderWay, Relay } from './relay-post.ts'

/** Later than any run of a device, so that what is said in its name is heard. */
const LATEST_RUN = 2 ** 47

/** A relay with the room's secret that lets a link come up as it is, and steps into it later. */
export interface LateRelay extends Relay {
  /** Tells each device, in the other's name, to go on over a connection of the relay's own. */
  readonly stepIn: () => Promise<void>
  /** Frames that reached it. */
  readonly frames: () => number
  readonly close: () => void
}

export const createLateRelay = async (options: Omit<MemberRelayOptions, 'manner'>): Promise<LateRelay> => {
  const { suite, post, PeerConnection } = options
  const room = await openRoomKeys(suite, options.secret)
  let frames = 0
  const end = createRelayEnd(PeerConnection, { found: () => {}, heard: () => (frames += 1) })
  let offered: (BoxUnderWay & { readonly offer: DescriptionSignal }) | undefined
  const voiceOf = (self: string) =>
    createSignalBoxes({ suite, sealing: room.sealing, room: room.id, self, epoch: LATEST_RUN })

  const learn = async (box: BoxUnderWay): Promise<void> => {
    const opened = await voiceOf(box.to).open(box.from, box.box)
    const parsed = opened.ok ? parseSignal(new TextDecoder().decode(opened.plain)) : undefined
    if (parsed?.ok && parsed.signal.kind === 'offer') offered = { ...box, offer: parsed.signal }
  }
  return {
    receive: (box) => {
      post.deliver(box)
      void learn(box)
    },
    stepIn: async () => {
      if (!offered) throw new Error('There is no link to step into.')
      const { from, to, offer } = offered
      const { session } = await end.describe()
      const signal = utf8(JSON.stringify({ ...offer, session }))
      for (const [speaker, hearer] of [
        [from, to],
        [to, from],
      ] as const)
        post.deliver({ from: speaker, to: hearer, box: await voiceOf(speaker).seal(hearer, signal) })
    },
    frames: () => frames,
    close: end.close,
  }
}
