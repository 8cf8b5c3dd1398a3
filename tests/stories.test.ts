import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url)
const filesIn = (folder: string, end: string): string[] =>
  readdirSync(new URL(folder, root))
    .filter((file) => file.endsWith(end))
    .map((file) => readFileSync(new URL(`${folder}/${file}`, root), 'utf8'))

/** Components are the functions with a capital that a file of the app gives to others. */
const components = ['src/demo/parts', 'src/demo/screens', 'src/demo/import']
  .flatMap((folder) => filesIn(folder, '.tsx'))
  .flatMap((text) => [...text.matchAll(/^export const ([A-Z]\w*[a-z]\w*) = /gm)])
  .map(([, name]) => name)

const stories = filesIn('stories/components', '.stories.tsx')
const shown = (name: string | undefined): boolean =>
  stories.some((text) => new RegExp(`(<|component: )${name}\\b`).test(text))

test('every component of the app has stories', () => {
  expect(components.length).toBeGreaterThan(15)
  expect(components.filter((name) => !shown(name))).toEqual([])
})

test.each(stories.map((text) => ({ title: /title: '(.*?)'/.exec(text)?.[1], text })))(
  '$title is shown on a phone and from right to left, but for what has no text',
  ({ title, text }) => {
    if (title === 'Components/Icon') return
    expect(text).toContain('export const Phone')
    expect(text).toContain('export const RightToLeft')
  },
)
