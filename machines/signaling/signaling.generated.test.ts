import { spec } from '../../tests/specs/signaling.ts'
import { exploreMachine } from '../../tests/support/explore-machine.ts'

exploreMachine(spec)
