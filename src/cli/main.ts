#!/usr/bin/env node
import { FieldmeshError } from '#model/fault'
import { parseCommandLine, type Request, USAGE, UsageError } from './options.ts'
import { findPackage } from './package-root.ts'
import { signal } from './signal.ts'
import { start } from './start.ts'

const run = async (request: Request): Promise<void> => {
  if (request.command === 'start') await start(request)
  if (request.command === 'signal') await signal(request)
  if (request.command === 'help') process.stdout.write(USAGE)
  if (request.command === 'version') process.stdout.write(`${findPackage().version}\n`)
}

const wordsOf = (error: unknown): string => {
  if (error instanceof FieldmeshError) return `${error.message}\n${error.hint}`
  return error instanceof Error ? error.message : String(error)
}

// Whoever reads our output may go away before us; the server stays.
process.stdout.on('error', () => {})

try {
  await run(parseCommandLine(process.argv.slice(2)))
  process.exitCode = 0
} catch (error) {
  const isUsage = error instanceof UsageError
  process.stderr.write(`fieldmesh: ${wordsOf(error)}\n${isUsage ? 'See --help.\n' : ''}`)
  process.exitCode = isUsage ? 2 : 1
}
