import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

interface Frame {
  readonly type: 'subscribe' | 'unsubscribe' | 'publish' | 'ping'
  readonly topics?: readonly string[]
  readonly topic?: string
}

export interface YjsSignaling {
  readonly url: string
  close(): Promise<void>
}

/** A server for y-webrtc's own signaling: topics to subscribe to, and frames published to all their subscribers. */
export const startYjsSignaling = async (): Promise<YjsSignaling> => {
  const topics = new Map<string, Set<WebSocket>>()
  const subscribersOf = (topic: string): Set<WebSocket> => {
    const known = topics.get(topic) ?? new Set()
    topics.set(topic, known)
    return known
  }
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    socket.on('close', () => {
      for (const subscribers of topics.values()) subscribers.delete(socket)
    })
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame
      if (frame.type === 'ping') socket.send('{"type":"pong"}')
      for (const topic of frame.topics ?? [])
        if (frame.type === 'subscribe') subscribersOf(topic).add(socket)
        else subscribersOf(topic).delete(socket)
      if (frame.type !== 'publish' || frame.topic === undefined) return
      const subscribers = subscribersOf(frame.topic)
      const text = JSON.stringify({ ...frame, clients: subscribers.size })
      for (const subscriber of subscribers) subscriber.send(text)
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => resolve())
      }),
  }
}
