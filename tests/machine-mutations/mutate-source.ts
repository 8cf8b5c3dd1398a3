import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { chosenMutant, pathOf, withMutant } from './with-mutant.ts'

/** For `node --import`: changes one module of a chart on its way to Node. */
const mutant = chosenMutant()
if (mutant) {
  const { href } = pathToFileURL(pathOf(mutant))
  const source = withMutant(readFileSync(pathOf(mutant), 'utf8'), mutant)
  registerHooks({
    load: (url, context, nextLoad) =>
      url === href ? { format: 'module-typescript', source, shortCircuit: true } : nextLoad(url, context),
  })
}
