import { fileURLToPath } from 'node:url'
import { mutate } from '../mutations/mutate.ts'
import { MACHINE_MUTANTS, type MachineMutant } from './mutants.ts'

/** From the project's root. */
export const fileOf = ({ machine, file }: MachineMutant): string => `machines/${machine}/${file}`

export const pathOf = (mutant: MachineMutant): string =>
  fileURLToPath(new URL(`../../${fileOf(mutant)}`, import.meta.url))

/**
 * The source of a chart's module with the mutant's change.
 *
 * @throws Error with words where the text to be changed does not stand there exactly once
 */
export const withMutant = (source: string, mutant: MachineMutant): string =>
  mutate(source, { ...mutant, file: fileOf(mutant), worlds: [], rules: [] })

/** The mutant named in FIELDMESH_MACHINE_MUTANT, for processes of its own. */
export const chosenMutant = (): MachineMutant | undefined => {
  const name = process.env['FIELDMESH_MACHINE_MUTANT']
  const mutant = MACHINE_MUTANTS.find((one) => one.name === name)
  if (name && !mutant) throw new Error(`There is no mutant “${name}”.`)
  return mutant
}
