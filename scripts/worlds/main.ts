import { runMany } from './many.ts'
import { HELP, readOptions, type WorldsOptions } from './options.ts'
import { runSingle, singlePlan } from './single.ts'

const read = (): WorldsOptions => {
  try {
    return readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nSee: npm run worlds -- --help`)
    process.exit(2)
  }
}

const options = read()
if (options.help) {
  console.log(HELP)
  process.exit(0)
}
const plan = singlePlan(options)
process.exitCode = await (plan ? runSingle(plan, options) : runMany(options))
