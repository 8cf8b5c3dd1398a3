import { openBareLink, sendAll } from '../bare-mesh.ts'
import { wall } from '../wall.ts'
import { type Pipe, type PipeOptions, piecesOf } from './pipe.ts'

const MESSAGE = 14_000

/** A bare channel with messages of the size of our chunks. */
export const openBarePipe = async ({ signaling, room, self, payload }: PipeOptions): Promise<Pipe> => {
  const { channel } = await openBareLink({ url: signaling, room, self })
  const piece = piecesOf(payload, MESSAGE)
  let came = 0
  let look = (): void => {}
  channel.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    came += data.byteLength
    look()
  }
  return {
    send: async (total) => {
      const began = wall()
      await sendAll(channel, upTo(total, piece))
      return began
    },
    received: (total) =>
      new Promise((resolve) => {
        look = () => {
          if (came >= total) resolve(wall())
        }
        look()
      }),
  }
}

function* upTo(total: number, piece: () => Uint8Array<ArrayBuffer>): Generator<Uint8Array<ArrayBuffer>> {
  for (let sent = 0; sent < total; sent += MESSAGE) yield piece()
}
