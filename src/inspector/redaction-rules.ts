import { isFaultCode } from '#model/fault'
import { isPeerId } from '#model/identity'
import { cleanName } from './clean-name.ts'

const listed = (words: string): readonly string[] => words.split(' ')

/** Words of the protocol and of XState: they say what something is, and nothing of what is in it. */
const WORDS: ReadonlySet<string> = new Set([
  '',
  ...listed('hello vector ping pong credit bye entries offer answer candidate nudge dialer answerer'),
  ...listed('stopped refused redial left timeout node-lost replaced own relayed ctl bulk complete abandoned'),
  ...listed('active done error create update delete'),
])

/** Ids of devices are told by what they are called as well as by how they look: a secret can look like one. */
const OF_DEVICES = listed('peerId selfId from to knownPeers peers met listed admitted linked crashed')
const CONN_ID = /^[\w-]{22}\.[\w-]{22}(?:\.\d{1,16}){3}$/
const TICKET = /^t\d{1,12}$/
const isConnId = (text: string): boolean => CONN_ID.test(text)
const isTicket = (text: string): boolean => TICKET.test(text)

/** What a string under a key must look like to be shown. */
const SHAPES: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ...OF_DEVICES.map((key) => [key, isPeerId] as const),
  ['connId', isConnId],
  ['ticket', isTicket],
  ['abandoned', isTicket],
  ['batch', isTicket],
  ['actorId', (text) => cleanName(text) === text],
])

/** Whatever is under one of these is content, numbers and names of fields too. */
const CONTENT: ReadonlySet<string> = new Set([
  ...listed('data fields value values record records entry entries rows form body text bytes'),
  ...listed('sdp session candidate candidates ufrag usernameFragment pwd fingerprint address ip'),
  ...listed('room secret secrets token tokens password username credential credentials key'),
])

/** Names of fields as programs write them; a vector clock's fields are devices. */
const FIELD = /^[A-Za-z_$][\w$]{0,31}$/

/** True for a string that names or classifies, and holds nothing that a person wrote or that opens anything. */
export const isShown = (text: string, key: string): boolean =>
  WORDS.has(text) || isFaultCode(text) || (SHAPES.get(key)?.(text) ?? false)

/** True for a field of which only the size is shown, whatever it holds. */
export const isContent = (key: string): boolean => CONTENT.has(key)

/** True for the name of a field that may be shown. */
export const isFieldName = (key: string): boolean => FIELD.test(key) || isPeerId(key)
