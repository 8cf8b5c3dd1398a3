import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** Types and attributes of STUN (RFC 8489) and TURN (RFC 8656), as far as an allocation needs them. */
export const STUN = { bindingOk: 0x0101, allocateOk: 0x0103, allocateRefused: 0x0113 } as const
const BINDING = 0x0001
const ALLOCATE = 0x0003
const USERNAME = 0x0006
const MESSAGE_INTEGRITY = 0x0008
const ERROR_CODE = 0x0009
const REALM = 0x0014
const NONCE = 0x0015
const XOR_RELAYED_ADDRESS = 0x0016
const REQUESTED_TRANSPORT = 0x0019
const COOKIE = 0x2112a442
const UDP = Buffer.from([17, 0, 0, 0])
const HEADER_BYTES = 20
const INTEGRITY_BYTES = 24

export interface Credentials {
  readonly username: string
  readonly credential: string
}

interface Reply {
  readonly type: number
  readonly attributes: ReadonlyMap<number, Buffer>
}

/** What became of an allocation: an address of the relay, or the code it was refused with. */
export type Allocation = { readonly relayed: Buffer } | { readonly refused: number }

const attribute = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(value.length, 2)
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)])
}

const message = (type: number, attributes: readonly Buffer[], more = 0): Buffer => {
  const body = Buffer.concat(attributes)
  const head = Buffer.alloc(8)
  head.writeUInt16BE(type, 0)
  head.writeUInt16BE(body.length + more, 2)
  head.writeUInt32BE(COOKIE, 4)
  return Buffer.concat([head, randomBytes(12), body])
}

/** Under the long-term credentials of RFC 8489, §9.2. */
const signed = (type: number, attributes: readonly Buffer[], realm: Buffer, { username, credential }: Credentials) => {
  const key = createHash('md5').update(`${username}:${realm.toString()}:${credential}`).digest()
  const text = message(type, attributes, INTEGRITY_BYTES)
  return Buffer.concat([text, attribute(MESSAGE_INTEGRITY, createHmac('sha1', key).update(text).digest())])
}

const parse = (bytes: Buffer): Reply => {
  const attributes = new Map<number, Buffer>()
  for (let at = HEADER_BYTES; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16BE(at + 2)
    attributes.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + length))
    at += 4 + Math.ceil(length / 4) * 4
  }
  return { type: bytes.readUInt16BE(0), attributes }
}

/** Sends again until there is an answer: datagrams get lost, and a server may still be on its way up. */
const ask = async (port: number, requests: (reply: Reply | undefined) => Buffer | undefined): Promise<Reply> => {
  const socket = createSocket('udp4')
  try {
    let reply: Reply | undefined
    for (let request = requests(undefined); request; request = requests(reply)) {
      const text = request
      const say = () => socket.send(text, port, '127.0.0.1', () => undefined)
      const timer = setInterval(say, 200)
      say()
      const [bytes] = (await once(socket, 'message').finally(() => clearInterval(timer))) as [Buffer]
      reply = parse(bytes)
    }
    if (!reply) throw new Error('nothing was asked')
    return reply
  } finally {
    socket.close()
  }
}

/** Resolves once a STUN server answers on that port. */
export const stunAnswers = async (port: number): Promise<number> =>
  (await ask(port, (reply) => (reply ? undefined : message(BINDING, [])))).type

/** Asks a TURN server for a relayed address with these credentials. */
export const allocate = async (port: number, credentials: Credentials): Promise<Allocation> => {
  const transport = attribute(REQUESTED_TRANSPORT, UDP)
  let tries = 0
  const { type, attributes } = await ask(port, (reply) => {
    tries += 1
    if (!reply) return message(ALLOCATE, [transport])
    if (tries > 2) return undefined
    const [realm, nonce] = [reply.attributes.get(REALM), reply.attributes.get(NONCE)]
    if (!realm || !nonce) return undefined
    const user = attribute(USERNAME, Buffer.from(credentials.username))
    return signed(ALLOCATE, [transport, user, attribute(REALM, realm), attribute(NONCE, nonce)], realm, credentials)
  })
  const relayed = attributes.get(XOR_RELAYED_ADDRESS)
  if (type === STUN.allocateOk && relayed) return { relayed }
  const error = attributes.get(ERROR_CODE)
  return { refused: error ? error.readUInt8(2) * 100 + error.readUInt8(3) : 0 }
}
