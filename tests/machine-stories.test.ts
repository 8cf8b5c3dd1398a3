import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SPECS } from '../stories/support/machines.ts'
import { walkFiles } from '../stories/support/machines-walk-files.ts'

const folder = new URL('../stories/machines/', import.meta.url)
const present = readdirSync(folder)
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

test('every machine has a gallery and walks', () => {
  const wanted = Object.keys(SPECS).flatMap((id) => [`${id}.gallery.stories.tsx`, `${id}.walks.stories.tsx`])
  expect(present.toSorted()).toEqual(wanted.toSorted())
  const specs = readdirSync(new URL('specs/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(Object.keys(SPECS).toSorted()).toEqual(specs.toSorted())
})

test('the stories of walks are those of the machines; write them anew with npm run atlas', { timeout: 120_000 }, () => {
  const files = [...walkFiles()]
  expect(files.filter(([name, text]) => read(name) !== text).map(([name]) => name)).toEqual([])
})
