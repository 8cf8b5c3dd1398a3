import { describe, expect, it } from 'vitest'
import { parseCommandLine, UsageError } from './options.ts'

describe('the command line', () => {
  it.each([
    [['start'], { command: 'start', host: '127.0.0.1', port: undefined, dir: undefined, open: true }],
    [
      ['start', '--no-open', '--dir', 'd'],
      { command: 'start', host: '127.0.0.1', port: undefined, dir: 'd', open: false },
    ],
    [
      ['signal', '--port=0', '--host', '::1'],
      { command: 'signal', host: '::1', port: 0, origins: [], roomSize: undefined },
    ],
    [
      ['signal', '--origin', 'https://a', '--origin', 'https://b', '--room-size', '9'],
      { command: 'signal', host: '127.0.0.1', port: undefined, origins: ['https://a', 'https://b'], roomSize: 9 },
    ],
    [
      ['signal', '--trust-proxy', '1', '--token-key', 'k', '--require-token', '--token-audience', 'a'],
      {
        command: 'signal',
        host: '127.0.0.1',
        origins: [],
        trustProxy: 1,
        tokens: { keyFile: 'k', audience: 'a', isRequired: true },
      },
    ],
    [
      ['signal', '--turn', 'turn:a', '--turn', 'turns:a', '--turn-secret-file', 's', '--token-key', 'k'],
      {
        command: 'signal',
        host: '127.0.0.1',
        origins: [],
        tokens: { keyFile: 'k', isRequired: false },
        turn: { urls: ['turn:a', 'turns:a'], secretFile: 's' },
      },
    ],
    [['-h'], { command: 'help' }],
    [['signal', '--help'], { command: 'help' }],
    [['--version'], { command: 'version' }],
  ])('%j', (args, request) => {
    expect(parseCommandLine(args)).toEqual(request)
  })

  it.each([
    [['fly'], 'There is no command “fly”.'],
    [[], 'Which command?'],
    [['signal', '--nope'], "Unknown option '--nope'."],
    [['--nope'], "Unknown option '--nope'."],
    [['start', '--port'], "Option '--port <value>' argument missing."],
    [['start', '--origin', 'https://a'], "Unknown option '--origin'."],
    [['signal', '--port', '70000'], '--port takes a whole number from 0 to 65535, not “70000”.'],
    [['signal', '--port', '0x10'], '--port takes a whole number from 0 to 65535, not “0x10”.'],
    [['signal', '--room-size', '1'], '--room-size takes a whole number from 2 to 1024, not “1”.'],
    [['signal', '--trust-proxy', '9'], '--trust-proxy takes a whole number from 0 to 8, not “9”.'],
    [['signal', '--require-token'], '--require-token and --token-audience take --token-key with them.'],
    [['signal', '--token-audience', 'a'], '--require-token and --token-audience take --token-key with them.'],
    [['signal', '--turn', 'turn:a'], '--turn and --turn-secret-file go together.'],
    [['signal', '--turn-secret-file', 's'], '--turn and --turn-secret-file go together.'],
    [['start', 'here'], "Unexpected argument 'here'."],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => parseCommandLine(args)).toThrow(new UsageError(sentence))
  })
})
