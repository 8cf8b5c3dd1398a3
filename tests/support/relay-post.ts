/** A box on its way through the signaling server, as everybody there sees it. */
export interface BoxUnderWay {
  readonly from: string
  readonly to: string
  readonly box: string
}

/** Who sits at the post: boxes reach nobody but by its hands. */
export interface Relay {
  readonly receive: (box: BoxUnderWay) => void
}

/** One device's connection to the server, in two halves. */
export interface RelayPostLine {
  /** Notes what a device says; it goes on to the server. */
  readonly fromDevice: (text: string) => void
  /** What the server says to the device; boxes go to the relay instead. */
  readonly fromServer: (text: string) => void
}

/** The place between the devices and their signaling server. */
export interface RelayPost {
  readonly line: (say: (text: string) => void) => RelayPostLine
  readonly deliver: (box: BoxUnderWay) => void
  readonly sitIn: (relay: Relay) => void
  /** The id of the room, which every join names; '' before the first. */
  readonly room: () => string
  /** Boxes that came by. */
  readonly boxes: readonly BoxUnderWay[]
  /** Every frame between the devices and the server, as text. */
  readonly traffic: readonly string[]
}

type Frame = { readonly t: string } & Readonly<Record<string, string>>

export const createRelayPost = (): RelayPost => {
  const devices = new Map<string, (text: string) => void>()
  const boxes: BoxUnderWay[] = []
  const traffic: string[] = []
  let relay: Relay | undefined
  let room = ''
  let lastId = 0
  return {
    boxes,
    traffic,
    room: () => room,
    sitIn: (next) => {
      relay = next
    },
    deliver: ({ from, to, box }) => devices.get(to)?.(JSON.stringify({ t: 'signal', from, id: ++lastId, box })),
    line: (say) => {
      let peer = ''
      return {
        fromDevice: (text) => {
          traffic.push(text)
          const frame = JSON.parse(text) as Frame
          if (frame.t !== 'join') return
          peer = frame['peer'] ?? ''
          room = frame['room'] ?? ''
          devices.set(peer, say)
        },
        fromServer: (text) => {
          traffic.push(text)
          const { t, from = '', box = '' } = JSON.parse(text) as Frame
          if (t !== 'signal') return say(text)
          boxes.push({ from, to: peer, box })
          relay?.receive({ from, to: peer, box })
        },
      }
    },
  }
}
