import { FieldmeshError } from '#model/fault'

/** What is told to whoever writes while the stage shows the past. */
export const pastError = (): FieldmeshError =>
  Object.assign(new FieldmeshError('not-running'), {
    message: 'You are looking at the past.',
    hint: 'Jump to now, then try again.',
  })
