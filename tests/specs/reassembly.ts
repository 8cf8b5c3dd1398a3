import { reassemblyLaws } from '../../machines/reassembly/reassembly.laws.ts'
import { reassemblyMachine } from '../../machines/reassembly/reassembly.machine.ts'
import { reassemblyView } from '../../machines/reassembly/reassembly.view.ts'
import { specOf } from '../support/machine-spec.ts'

const message = { msgId: 7, ticket: 't-7', kind: 'entries' } as const

export const spec = specOf<typeof reassemblyMachine>({
  machine: reassemblyMachine,
  inputs: [
    { ...message, total: 3 },
    { ...message, total: 1 },
  ],
  samples: {},
  laws: reassemblyLaws,
  view: reassemblyView,
})
