import { CHANNEL_VERSION, type ChannelMessage, channelName, readMessage } from './channel-messages.ts'

/** The talk of one name, between windows of one origin. */
export interface InspectorChannel {
  readonly say: (message: ChannelMessage) => void
  readonly close: () => void
}

/** Opens a BroadcastChannel: what is heard is checked, what cannot be said is not said. */
export const openChannel = (name: string, hear: (message: ChannelMessage) => void): InspectorChannel => {
  const channel = new BroadcastChannel(channelName(name))
  let isOpen = true
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data)
    if (message && isOpen) hear(message)
  }
  return {
    say: (message) => {
      if (isOpen) channel.postMessage({ v: CHANNEL_VERSION, ...message })
    },
    close: () => {
      isOpen = false
      channel.onmessage = null
      channel.close()
    },
  }
}
