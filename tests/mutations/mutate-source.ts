import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { MUTANTS } from './mutants.ts'
import { mutate } from './mutate.ts'

/** For `node --import`: changes one module on its way to Node, as the mutant named in FIELDMESH_MUTANT says. */
const name = process.env['FIELDMESH_MUTANT']
const mutant = MUTANTS.find((one) => one.name === name)
if (name && !mutant) throw new Error(`There is no mutant “${name}”.`)

if (mutant) {
  const url = new URL(`../../${mutant.file}`, import.meta.url)
  const source = mutate(readFileSync(url, 'utf8'), mutant)
  registerHooks({
    load: (loadedUrl, context, nextLoad) =>
      loadedUrl === url.href
        ? { format: 'module-typescript', source, shortCircuit: true }
        : nextLoad(loadedUrl, context),
  })
}
