import { parseArgs } from 'node:util'
import { LIMITS } from '#model/limits'
import { DEFAULT_PORT } from './listen.ts'

const LOOPBACK = '127.0.0.1'

export const USAGE = `fieldmesh: records in sync between devices, with or without a server

  fieldmesh start    the field app and a signaling server on one port
      --port N         port (default ${DEFAULT_PORT}, or the next free one)
      --host ADDRESS   address to listen on (default 127.0.0.1; 0.0.0.0 lets the network in)
      --dir DIR        directory of the app's files
      --no-open        do not open a browser

  fieldmesh signal   a signaling server alone
      --port N         port (default ${DEFAULT_PORT}, or the next free one)
      --host ADDRESS   address to listen on (default 127.0.0.1)
      --origin ORIGIN  web origin whose pages may connect, such as https://app.example.org; may be repeated
                       (default: all)
      --room-size N    devices in one room (default 64)
      --trust-proxy N  proxies of yours in front of it, whose X-Forwarded-For is believed (default 0)
      --token-key FILE    a secret (HS256) or public JWK (Ed25519, P-256): tokens that devices send are checked by it
      --token-audience A  tokens are for this audience only
      --require-token     no device gets in without a token
      --turn URL          TURN server, such as turn:turn.example.org:3478, for devices that find no direct way;
                          may be repeated
      --turn-secret-file FILE  the secret that it shares with this server (coturn: static-auth-secret)

  fieldmesh --help     this page
  fieldmesh --version  the version
`

export interface StartRequest {
  readonly command: 'start'
  readonly host: string
  /** Absent where any near the default will do. */
  readonly port: number | undefined
  readonly dir: string | undefined
  readonly open: boolean
}

export interface SignalRequest {
  readonly command: 'signal'
  readonly host: string
  /** Absent where any near the default will do. */
  readonly port: number | undefined
  readonly origins: readonly string[]
  readonly roomSize: number | undefined
  readonly trustProxy: number | undefined
  readonly tokens:
    | { readonly keyFile: string; readonly audience: string | undefined; readonly isRequired: boolean }
    | undefined
  readonly turn: { readonly urls: readonly string[]; readonly secretFile: string } | undefined
}

/** What the command line asks for. */
export type Request = { readonly command: 'help' | 'version' } | StartRequest | SignalRequest

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

const help = { type: 'boolean', short: 'h' } as const
const version = { type: 'boolean', short: 'v' } as const
const listening = { help, port: { type: 'string' }, host: { type: 'string' } } as const
const START = { ...listening, dir: { type: 'string' }, open: { type: 'boolean' } } as const
const SIGNAL = {
  ...listening,
  origin: { type: 'string', multiple: true },
  'room-size': { type: 'string' },
  'trust-proxy': { type: 'string' },
  'token-key': { type: 'string' },
  'token-audience': { type: 'string' },
  'require-token': { type: 'boolean' },
  turn: { type: 'string', multiple: true },
  'turn-secret-file': { type: 'string' },
} as const

const wholeNumber = (name: string, text: string | undefined, least: number, most: number): number | undefined => {
  if (text === undefined) return undefined
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not “${text}”.`)
}

const portOf = (text: string | undefined) => wholeNumber('port', text, 0, 65_535)

const parseStart = (args: readonly string[]): Request => {
  const { values } = parseArgs({ args: [...args], options: START, allowNegative: true })
  if (values.help) return { command: 'help' }
  const { host = LOOPBACK, dir, open = true } = values
  return { command: 'start', host, port: portOf(values.port), dir, open }
}

type SignalValues = ReturnType<typeof readSignal>
const readSignal = (args: readonly string[]) => parseArgs({ args: [...args], options: SIGNAL }).values

const tokensIn = (values: SignalValues): SignalRequest['tokens'] => {
  const { 'token-key': keyFile, 'token-audience': audience, 'require-token': isRequired = false } = values
  if (keyFile !== undefined) return { keyFile, audience, isRequired }
  if (isRequired || audience !== undefined)
    throw new UsageError('--require-token and --token-audience take --token-key with them.')
  return undefined
}

const turnIn = ({ turn: urls = [], 'turn-secret-file': secretFile }: SignalValues): SignalRequest['turn'] => {
  if (urls.length > 0 && secretFile !== undefined) return { urls, secretFile }
  if (urls.length > 0 || secretFile !== undefined) throw new UsageError('--turn and --turn-secret-file go together.')
  return undefined
}

const parseSignal = (args: readonly string[]): Request => {
  const values = readSignal(args)
  if (values.help) return { command: 'help' }
  const { host = LOOPBACK, origin: origins = [] } = values
  const roomSize = wholeNumber('room-size', values['room-size'], 2, LIMITS.signalingRoster)
  const trustProxy = wholeNumber('trust-proxy', values['trust-proxy'], 0, 8)
  const more = { trustProxy, tokens: tokensIn(values), turn: turnIn(values) }
  return { command: 'signal', host, port: portOf(values.port), origins, roomSize, ...more }
}

const parseBare = (args: readonly string[]): Request => {
  const { values, positionals } = parseArgs({ args: [...args], options: { help, version }, allowPositionals: true })
  if (values.version) return { command: 'version' }
  if (values.help) return { command: 'help' }
  throw new UsageError(positionals[0] === undefined ? 'Which command?' : `There is no command “${positionals[0]}”.`)
}

/**
 * Reads the arguments after the program's name.
 * @throws UsageError
 */
export const parseCommandLine = (args: readonly string[]): Request => {
  const [command, ...rest] = args
  try {
    if (command === 'start') return parseStart(rest)
    if (command === 'signal') return parseSignal(rest)
    return parseBare(args)
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof TypeError)) throw error
    // Node's advice on positional arguments would only confuse here.
    throw new UsageError(`${error.message.split('. ', 1)[0]?.replace(/\.$/, '')}.`)
  }
}
