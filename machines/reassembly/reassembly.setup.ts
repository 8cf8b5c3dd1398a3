import { setup } from 'xstate'
import type { RestingTag } from '../kit/tags.ts'
import { TIMINGS } from '../kit/timings.ts'
import type { ReassemblyContext, ReassemblyEvent, ReassemblyInput, ReassemblyOutput } from './reassembly.types.ts'

export const reassembly = setup({
  types: {
    context: {} as ReassemblyContext,
    events: {} as ReassemblyEvent,
    input: {} as ReassemblyInput,
    output: {} as ReassemblyOutput,
    tags: {} as RestingTag,
  },
  delays: {
    stallCheck: TIMINGS.stallCheck,
    stalledLimit: TIMINGS.stalledLimit,
  },
  guards: {
    isWhole: ({ context }) => context.received >= context.total,
    hasProgressed: ({ context }) => context.received > context.seen,
  },
})

/** One more chunk is in the depot. */
export const countChunk = reassembly.assign({ received: ({ context }) => context.received + 1 })

/** Remembers how far the message is, for the next look. */
export const look = reassembly.assign({ seen: ({ context }) => context.received })
