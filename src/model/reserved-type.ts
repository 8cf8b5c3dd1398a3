import { FieldmeshError } from './fault.ts'

/** True for a resource type that fieldmesh keeps for itself: records of it are no application's. */
export const isReservedType = (resourceType: string): boolean => resourceType.startsWith('$')

/**
 * What applications write passes here.
 *
 * @throws FieldmeshError `options-invalid` for a resource type that fieldmesh keeps for itself
 */
export const refuseReservedType = (resourceType: unknown): void => {
  if (typeof resourceType !== 'string' || !isReservedType(resourceType)) return
  throw new FieldmeshError('options-invalid', 'Resource types that begin with $ are fieldmesh’s own.')
}
