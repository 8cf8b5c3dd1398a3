/**
 * For applications' own tests, with any test runner: n engines in one simulation, and the acceptance suites of the
 * ports for whoever brings an own storage, link, socket, page or clock.
 */
export * from '#contracts/index'
export { checkStopped, checkWorld, watchWorld, WORLD_RULES, type WorldRule } from './checkers.ts'
export { createWorld } from './create-world.ts'
export { WaitedTooLong } from './waited-too-long.ts'
export type * from './types.ts'
