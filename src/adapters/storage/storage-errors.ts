import { type FieldmeshError, toFieldmeshError } from '#model/fault'

/** The name of an error, `QuotaExceededError` and the like; '' for what is not an error. */
export const errorName = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : ''

/** What a read or write of the database was refused for, as the error that callers see. */
export const toStorageError = (error: unknown): FieldmeshError =>
  toFieldmeshError(error, errorName(error) === 'QuotaExceededError' ? 'storage-full' : 'storage-failed')

/** Private windows and forbidden site data refuse to open a database at all, by these names. */
const NO_STORAGE = new Set(['SecurityError', 'InvalidStateError', 'NotSupportedError'])

/** What the opening of the database was refused for. */
export const toOpenError = (error: unknown): FieldmeshError =>
  NO_STORAGE.has(errorName(error)) ? toFieldmeshError(error, 'storage-missing') : toStorageError(error)

/**
 * True where the connection died rather than the request: closed by `versionchange` or cleared site data, or lost
 * as on iOS ("Connection to Indexed Database server lost"). Nobody here aborts a transaction, so an abort is such a loss.
 */
export const isLostConnection = (error: unknown): boolean => {
  const name = errorName(error)
  if (name === 'InvalidStateError' || name === 'AbortError') return true
  return error instanceof Error && /connection.*(lost|clos)|(lost|clos).*connection/i.test(error.message)
}
