import { spec } from '../../tests/specs/sync-engine.ts'
import { walkMachine } from '../../tests/support/explore-walk.ts'

walkMachine(spec)
