import { spec } from '../../tests/specs/sync-peer.ts'
import { walkMachine } from '../../tests/support/explore-walk.ts'

walkMachine(spec)
