import { spec } from '../../tests/specs/sync-mesh.ts'
import { exploreMachine } from '../../tests/support/explore-machine.ts'

exploreMachine(spec)
