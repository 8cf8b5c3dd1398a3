/** Writes the stories of walks: `node -C fieldmesh-source stories/support/machines-write.ts`. */
import { writeFileSync } from 'node:fs'
import { walkFiles } from './machines-walk-files.ts'

for (const [name, text] of walkFiles()) writeFileSync(new URL(`../machines/${name}`, import.meta.url), text)
