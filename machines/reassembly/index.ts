export { reassemblyLaws } from './reassembly.laws.ts'
export { reassemblyMachine } from './reassembly.machine.ts'
export type { ReassemblyContext, ReassemblyEvent, ReassemblyInput, ReassemblyOutput } from './reassembly.types.ts'
export { type ReassemblyView, reassemblyView } from './reassembly.view.ts'
