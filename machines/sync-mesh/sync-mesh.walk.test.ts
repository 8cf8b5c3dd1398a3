import { spec } from '../../tests/specs/sync-mesh.ts'
import { walkMachine } from '../../tests/support/explore-walk.ts'

walkMachine(spec)
