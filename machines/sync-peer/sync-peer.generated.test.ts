import { spec } from '../../tests/specs/sync-peer.ts'
import { exploreMachine } from '../../tests/support/explore-machine.ts'

exploreMachine(spec)
