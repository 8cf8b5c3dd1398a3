import { spec } from '../../tests/specs/signaling.ts'
import { walkMachine } from '../../tests/support/explore-walk.ts'

walkMachine(spec)
