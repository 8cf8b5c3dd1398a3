import { spec } from '../../tests/specs/sync-engine.ts'
import { exploreMachine } from '../../tests/support/explore-machine.ts'

exploreMachine(spec)
