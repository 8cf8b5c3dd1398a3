import { countChunk, look, reassembly } from './reassembly.setup.ts'

/**
 * One message that arrives in chunks, from its first to its last, or to the end of our patience. One timer looks at
 * the progress since the last look: a timer restarted by every chunk would cost more than the chunk.
 */
export const reassemblyMachine = reassembly.createMachine({
  id: 'reassembly',
  description: 'Gathers the chunks of one message, or gives it up when they stop coming.',
  context: ({ input }) => ({ ...input, received: 1, seen: 1 }),
  output: ({ context: { received, total, ticket, kind } }) =>
    received >= total
      ? { outcome: 'complete', ticket, kind }
      : { outcome: 'abandoned', ticket, kind, fault: 'message-stalled' },
  initial: 'receiving',
  states: {
    receiving: {
      description: 'Chunks come in; now and then a look whether they still do.',
      entry: look,
      on: { 'chunk.received': { actions: countChunk } },
      always: { guard: 'isWhole', target: 'complete' },
      after: { stallCheck: [{ guard: 'hasProgressed', target: 'receiving', reenter: true }, { target: 'stalled' }] },
    },
    stalled: {
      description: 'No chunk has come since the last look; one more would set it going again.',
      on: { 'chunk.received': { target: 'receiving', actions: countChunk } },
      after: { stalledLimit: 'abandoned' },
    },
    complete: {
      description: 'The whole message rests in the depot.',
      type: 'final',
    },
    abandoned: {
      description: 'The rest never came, so the message is asked for again as a whole.',
      type: 'final',
    },
  },
})
