import { spec } from '../../tests/specs/reassembly.ts'
import { exploreMachine } from '../../tests/support/explore-machine.ts'

exploreMachine(spec)
