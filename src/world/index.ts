/**
 * For applications' own tests, with any test runner: n engines in one simulation, and the acceptance suites of the
 * ports for whoever brings an own storage, link, socket, page or clock.
 */
export * from '#contracts/index'
export { createWorld } from './create-world.ts'
export type * from './types.ts'
