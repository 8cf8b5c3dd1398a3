/**
 * What the adapters promise, as test cases without a framework: for whoever brings an own storage, link, clock.
 *
 * @example
 * import { journalContract } from 'fieldmesh/world'
 * for (const { id, says, run } of journalContract(createLog)) test(`${id} ${says}`, run)
 */
export type { ClockHarness, ClockPower, ClockUnderTest } from './clock/clock-contract.ts'
export { clockContract } from './clock/clock-contract.ts'
export type { ContractCase, Until } from './contract-case.ts'
export type { CreateSuite, CryptoOptions, CryptoPower } from './crypto/crypto-contract.ts'
export { cryptoContract } from './crypto/crypto-contract.ts'
export { ContractBroken } from './insist.ts'
export { journalContract } from './journal/journal-contract.ts'
export type { CreateLog, JournalOptions, JournalPower, LogUnderTest } from './journal/journal-harness.ts'
export type { CreatePlace, KeysOptions, KeysPower, KeysUnderTest } from './keys/keys-contract.ts'
export { keysContract } from './keys/keys-contract.ts'
export { leadershipContract } from './leadership/leadership-contract.ts'
export type { LeadershipHarness, LeadershipPower, TabUnderTest } from './leadership/leadership-harness.ts'
export { linkContract } from './link/link-contract.ts'
export type { LinkHarness, LinkPlaces, LinkPower, LinkRole } from './link/link-harness.ts'
export { pageContract } from './page/page-contract.ts'
export type { PageHarness, PagePower, PageUnderTest } from './page/page-harness.ts'
export type { PulseHarness, PulseUnderTest } from './pulse/pulse-contract.ts'
export { pulseContract } from './pulse/pulse-contract.ts'
export { socketContract } from './socket/socket-contract.ts'
export type { ServerBounds, ServerUnderTest, SocketHarness, SocketPower } from './socket/socket-harness.ts'
