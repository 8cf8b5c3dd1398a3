import { FieldmeshError } from '#model/fault'

/** A worker that lost its way was stopped. */
export const neverPlaced = (): FieldmeshError =>
  Object.assign(new FieldmeshError('internal'), {
    message: 'The chart could not be placed within a minute.',
    hint: 'Fold some of its states, then try again: another worker is started.',
  })

/** Whoever made the layouter is done with it. */
export const layouterStopped = (): FieldmeshError =>
  Object.assign(new FieldmeshError('engine-stopped'), {
    message: 'The layouter was stopped before the chart was placed.',
    hint: 'Ask for the layout again: another worker is started.',
  })
