import { spec } from '../../tests/specs/reassembly.ts'
import { walkMachine } from '../../tests/support/explore-walk.ts'

walkMachine(spec)
