import type { Pipe, PipeOptions } from './pipe.ts'

const OPEN = {
  bare: async (options: PipeOptions) => (await import('./bare.ts')).openBarePipe(options),
  transport: async (options: PipeOptions) => (await import('./transport.ts')).openTransportPipe(options),
  charts: async (options: PipeOptions) => (await import('./charts.ts')).openChartsPipe(options),
} as const satisfies Record<string, (options: PipeOptions) => Promise<Pipe>>

export type PipeName = keyof typeof OPEN

export const openPipe = (name: PipeName, options: PipeOptions): Promise<Pipe> => OPEN[name](options)
