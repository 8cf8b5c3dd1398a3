import { readFileSync, writeFileSync } from 'node:fs'
import { atlasText } from './atlas-text.ts'
import { atlasEntries } from './entries.ts'

const file = new URL('../../machines/README.md', import.meta.url)
const text = atlasText(await atlasEntries())

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
  console.log(`machines/README.md: ${text.split('\n').length} lines`)
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('machines/README.md is out of date: run node scripts/atlas.mjs')
  process.exitCode = 1
} else {
  console.log('machines/README.md is up to date')
}
