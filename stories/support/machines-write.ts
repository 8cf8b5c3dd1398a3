/** Writes the stories of walks: `npm run atlas`. */
import { writeFileSync } from 'node:fs'
import { walkFiles } from './machines-walk-files.ts'

for (const [name, text] of walkFiles()) writeFileSync(new URL(`../machines/${name}`, import.meta.url), text)
