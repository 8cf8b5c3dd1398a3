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
    [['start', 'here'], "Unexpected argument 'here'."],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => parseCommandLine(args)).toThrow(new UsageError(sentence))
  })
})
