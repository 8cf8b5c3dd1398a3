import { createTransportLogic } from '#adapters/webrtc/create-transport-logic'
import { linkContract, type LinkHarness, type Until } from '#contracts/index'
import type { Depot } from '#wire/depot-types'
import { testOnly } from './support/paste.ts'

const createMyTransport = (depot: Depot) => createTransportLogic({ depot })

/** The others run in link.spec.ts, on the same links. */
const test = testOnly(/^LINK-(1|5|24) /)

// What follows stands in the README.
const until: Until = async (what, holds) => {
  const end = Date.now() + 20_000
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`It never came to this: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
const harness: LinkHarness = {
  open: () => ({ transport: (_at, depot) => createMyTransport(depot) }),
  until,
  powers: ['trickle', 'restart'],
}
for (const { id, says, run } of linkContract(harness)) test(`${id} ${says}`, run, 60_000)
