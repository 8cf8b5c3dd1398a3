import { expect, test } from 'vitest'
import type { HarnessShape } from '#contracts/check-harness'
import { journalContract } from '#contracts/journal/journal-contract'
import { LOG_SHAPE } from '#contracts/journal/journal-harness'
import { leadershipContract } from '#contracts/leadership/leadership-contract'
import { TAB_SHAPE } from '#contracts/leadership/leadership-harness'
import { linkContract } from '#contracts/link/link-contract'
import { LINK_SHAPE } from '#contracts/link/link-harness'
import { pageContract } from '#contracts/page/page-contract'
import { PAGE_SHAPE } from '#contracts/page/page-harness'
import { socketContract } from '#contracts/socket/socket-contract'
import { SERVER_SHAPE } from '#contracts/socket/socket-harness'
import { simulatedLog, simulatedLogPowers } from './support/simulated-journals.ts'
import { simulatedLinks } from './support/simulated-links.ts'
import { simulatedPages } from './support/simulated-pages.ts'
import { simulatedTabs } from './support/simulated-tabs.ts'
import { simulatedSockets } from './support/simulated-sockets.ts'

const all = <Power extends string>({ powers }: HarnessShape<Power>): readonly Power[] => Object.keys(powers) as Power[]

test('a tester without powers is asked for none of them: no restart of ICE, no merging', () => {
  const ids = [
    ...linkContract({ open: simulatedLinks.open, until: simulatedLinks.until }),
    ...journalContract(simulatedLog),
  ].map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining(['LINK-1', 'JOURNAL-0', 'JOURNAL-12']))
  for (const id of ['LINK-24', 'LINK-25', 'JOURNAL-24', 'JOURNAL-22']) expect(ids).not.toContain(id)
})

test.each([
  [
    'journalContract',
    journalContract(simulatedLog, { powers: simulatedLogPowers }),
    journalContract(simulatedLog, { powers: all(LOG_SHAPE) }),
  ],
  ['linkContract', linkContract(simulatedLinks), linkContract({ ...simulatedLinks, powers: all(LINK_SHAPE) })],
  [
    'socketContract',
    socketContract(simulatedSockets),
    socketContract({ ...simulatedSockets, powers: all(SERVER_SHAPE) }),
  ],
  [
    'leadershipContract',
    leadershipContract(simulatedTabs),
    leadershipContract({ ...simulatedTabs, powers: all(TAB_SHAPE) }),
  ],
  ['pageContract', pageContract(simulatedPages), pageContract({ ...simulatedPages, powers: all(PAGE_SHAPE) })],
])('every case of %s runs on the simulation, each under an id of its own', (_name, run, there) => {
  const ids = there.map(({ id }) => id)
  expect(run.map(({ id }) => id)).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
