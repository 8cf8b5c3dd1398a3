import type { System, SystemOptions } from '../system.ts'

/** Each is loaded only by the page that measures it, so that its code is nobody else's memory. */
const OPEN = {
  bare: async (options: SystemOptions) => (await import('./bare.ts')).openBare(options, false),
  bareStored: async (options: SystemOptions) => (await import('./bare.ts')).openBare(options, true),
  fieldmesh: async (options: SystemOptions) => (await import('./fieldmesh.ts')).openFieldmesh(options),
  yjs: async (options: SystemOptions) => (await import('./yjs.ts')).openYjs(options),
  automerge: async (options: SystemOptions) => (await import('./automerge.ts')).openAutomerge(options),
} as const satisfies Record<string, (options: SystemOptions) => Promise<System>>

export type SystemName = keyof typeof OPEN

export const openSystem = (name: SystemName, options: SystemOptions): Promise<System> => OPEN[name](options)
