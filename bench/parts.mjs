// The parts of the benchmarks: every `<part>.bench.ts` in this folder, and what its first comment says of it.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const SUFFIX = '.bench.ts'
/** A first comment: what the part measures, an empty line, and the command with the time that it takes. */
const HEAD = /^\/\*\*\n((?: \* .+\n)+) \*\n \* {3}npm run bench -- (\S+) +\((.+)\)\n \*\//
const WIDTH = 100

/** Every part by its name: its file, what it measures, and roughly how long it takes. */
export const partsIn = (folder) =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(SUFFIX) && !file.includes('node_modules'))
      .toSorted()
      .map((file) => [basename(file, SUFFIX), { file: join(folder, file), ...headOf(join(folder, file)) }]),
  )

const headOf = (file) => {
  const [, text = '', , takes = 'unknown'] = HEAD.exec(readFileSync(file, 'utf8')) ?? []
  return { about: text.replaceAll(' * ', '').replaceAll('\n', ' ').trim(), takes }
}

/** The answer to `--help`. */
export const usage = (parts) => {
  const [names, times] = [[...parts.keys()], [...parts.values()].map(({ takes }) => takes)].map((words) =>
    Math.max(...words.map(({ length }) => length)),
  )
  const room = WIDTH - names - times - 6
  const lines = [...parts].flatMap(([name, { about, takes }]) =>
    wrapped(about, room).map(
      (text, at) => `  ${(at === 0 ? name : '').padEnd(names)}  ${(at === 0 ? takes : '').padEnd(times)}  ${text}`,
    ),
  )
  return `${USAGE}\n\nParts, and roughly how long each takes on two cores:\n${lines.join('\n')}\n`
}

const wrapped = (text, room) => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim()
    if (longer.length <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

const USAGE = `npm run bench                    every part, one after the other
npm run bench -- transfer edit   some parts
npm run bench -- --quick         a smoke run: too small for figures
npm run bench -- --help          this

A part writes its results to bench/results/, over those that are there and in git, and brings the table
in bench/results/README.md up to date. A smoke run writes to a temporary folder, and so does
BENCH_RESULTS=<folder>. What fieldmesh is measured against is installed on the first run (bench/competitors).`
