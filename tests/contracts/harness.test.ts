import { describe, expect, test } from 'vitest'
import {
  clockContract,
  type JournalPower,
  journalContract,
  leadershipContract,
  linkContract,
  type LogUnderTest,
  pageContract,
  pulseContract,
  socketContract,
} from '#contracts/index'
import { FieldmeshError } from '#model/fault'
import { createMemoryDisk, createMemoryJournal } from '#store/memory-journal'

/** A contract as somebody calls it who does not look at the types. */
type Loose = (...given: readonly unknown[]) => readonly { readonly run: () => Promise<void> }[]

const CONTRACTS = Object.entries({
  linkContract,
  socketContract,
  pageContract,
  leadershipContract,
  clockContract,
  pulseContract,
}) as unknown as readonly (readonly [string, Loose])[]

/** The words of the complaint about an option that is not valid. */
const complaint = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof FieldmeshError && error.code === 'options-invalid') return error.message
    throw error
  }
  return 'none'
}

const until = async () => {}

describe.each(CONTRACTS)('%s', (name, contract) => {
  test.each([
    ['nothing', [], 'undefined'],
    ['a function', [() => ({})], 'a function'],
    ['a harness that cannot wait', [{ open: () => ({}), everyMs: 1 }], 'here until is undefined'],
    ['a harness that opens nothing', [{ until, everyMs: 1 }], 'here open is undefined'],
  ])('does not take %s', async (_what, given, words) => {
    const said = await complaint(() => contract(...given))
    expect(said).toContain(`The harness of ${name} has open(), until()`)
    expect(said).toContain(words)
  })

  test('says what is missing of what open() gives', async () => {
    const [first] = contract({ open: () => ({}), until, everyMs: 1 })
    expect(await complaint(() => first?.run())).toMatch(/what open\(\) gives \(\w+\) has .*; here \w+ is undefined/)
  })
})

describe.each(CONTRACTS.filter(([name]) => name !== 'pulseContract'))('%s', (name, contract) => {
  test('does not take a power it does not know', async () => {
    const given = { open: () => ({}), until, powers: ['levitate'] }
    expect(await complaint(() => contract(given))).toContain(`${name} knows no power “levitate”; it knows `)
    expect(await complaint(() => contract({ ...given, powers: 'levitate' }))).toContain('powers is an array of')
  })
})

const thing = () => {}
/** All that each contract needs without powers. */
const WHOLE: Readonly<Record<string, object>> = {
  linkContract: { transport: thing },
  socketContract: { url: 'ws://x', suite: {}, socket: thing, die: thing },
  pageContract: { presence: {}, setOnline: thing },
  leadershipContract: { leadership: {} },
  clockContract: { now: thing, setTimeout: thing, clearTimeout: thing },
}

test.each([
  ['linkContract', 'cut', 'LinkPlaces.cut()'],
  ['socketContract', 'lie', 'ServerUnderTest.lie()'],
  ['pageContract', 'freeze', 'PageUnderTest.freeze()'],
  ['leadershipContract', 'close', 'TabUnderTest.close()'],
  ['clockContract', 'catching', 'ClockUnderTest.catching()'],
])('%s does not take the power “%s” without its method', async (name, power, method) => {
  const contract = CONTRACTS.find(([each]) => each === name)?.[1]
  const cases = contract?.({ open: () => WHOLE[name], until, powers: [power] }) ?? []
  expect(cases.length).toBeGreaterThan(0)
  for (const { run } of cases)
    expect(await complaint(run)).toContain(`the power “${power}” needs ${method} in what open() gives`)
})

describe('journalContract', () => {
  const loose = journalContract as Loose
  const log = (): LogUnderTest => {
    const disk = createMemoryDisk()
    return { open: async () => createMemoryJournal(disk) }
  }

  test.each([
    ['no function', [log()], 'takes a function that gives a new log'],
    [
      'an unknown power',
      [log, { powers: ['fil'] }],
      'knows no power “fil”; it knows fill, breakHalfWay, crash, compact',
    ],
    ['another option', [log, { power: ['fill'] }], 'not “power”'],
    ['a list in place of options', [log, ['fill']], 'not “0”'],
  ])('does not take %s', async (_what, given, words) => {
    expect(await complaint(() => loose(...given))).toContain(words)
  })

  test('says so where createLog gives a journal itself', async () => {
    const [first] = loose(() => createMemoryJournal())
    expect(await complaint(() => first?.run())).toContain('what createLog() gives (LogUnderTest) has open(); here open')
  })

  test.each<[JournalPower, string]>([
    ['crash', 'crash()'],
    ['breakHalfWay', 'breakHalfWay()'],
    ['fill', 'fill()'],
  ])('does not take the power “%s” without its method', async (power, method) => {
    for (const { run } of journalContract(log, { powers: [power] }))
      expect(await complaint(run)).toContain(
        `the power “${power}” needs LogUnderTest.${method} in what createLog() gives`,
      )
  })
})
