import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { mermaidComplaints } from '#chart/mermaid-check.testing'
import { atlasText } from '../scripts/atlas/atlas-text.ts'
import { type AtlasEntry, atlasEntries } from '../scripts/atlas/entries.ts'
import { anchorOf } from '../scripts/atlas/markdown.ts'
import { subjectOf } from '../scripts/atlas/subject.ts'

const file = new URL('../machines/README.md', import.meta.url)
const entries = await atlasEntries()
const text = atlasText(entries)

test('machines/README.md says what the machines are', () => {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const words = kept === text ? 'up to date' : 'machines/README.md is out of date: run node scripts/atlas.mjs'
  expect(words).toBe('up to date')
})

describe('the atlas', () => {
  test('has every state, law and delay of every machine, each state with its description', () => {
    const states = entries.flatMap((entry) => subjectOf(entry).states)
    expect(states.filter(({ description }) => !text.includes(description ?? '?'))).toEqual([])
    const laws = entries.flatMap((entry) => entry.laws)
    expect(laws.filter(({ id, says }) => !text.includes(`| \`${id}\` | ${says} |`))).toEqual([])
    const delays = entries.flatMap(({ machine }) => Object.keys(machine.implementations.delays))
    expect(delays.length).toBeGreaterThan(10)
    for (const name of delays) expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\| [^|]+ \\| [^| ][^|]+ \\|`, 'm'))
  })

  test('has only diagrams that Mermaid draws', () => {
    const diagrams = [...text.matchAll(/```mermaid\n(stateDiagram[^`]*)```/g)].map((match) => match[1] ?? '')
    expect(diagrams.length).toBeGreaterThan(10)
    expect(diagrams.flatMap(mermaidComplaints)).toEqual([])
  })

  test('leads nowhere in vain', () => {
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''))
    expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([])
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '')
    const lost = targets.filter((to) => (to.startsWith('#') ? !headings.includes(to) : !to.startsWith('https://')))
    expect(lost.filter((to) => !existsSync(new URL(to, file)))).toEqual([])
  })

  test('says it where anything of a machine changes', () => {
    const delays = { patience: { reason: 'people come back for their keys' } }
    const door = (open: string, ms: number) =>
      createMachine({
        id: 'door',
        initial: 'closed',
        states: { closed: { on: { push: 'open' } }, open: { description: open, after: { patience: 'closed' } } },
      }).provide({ delays: { patience: ms } })
    const entry: AtlasEntry = {
      machine: door('It stands open.', 3_000),
      laws: [{ id: 'DOOR-1', says: 'an open door is not locked' }],
      delays,
      reached: { snapshots: 2, edges: 2 },
    }
    const variants: AtlasEntry[] = [
      entry,
      { ...entry, machine: door('It stands ajar.', 3_000) },
      { ...entry, machine: door('It stands open.', 4_000) },
      { ...entry, delays: { patience: { reason: 'for no reason' } } },
      { ...entry, laws: [{ id: 'DOOR-1', says: 'a door is a door' }] },
      { ...entry, laws: [] },
      { ...entry, reached: { snapshots: 3, edges: 2 } },
    ]
    expect(new Set(variants.map((variant) => atlasText([variant]))).size).toBe(variants.length)
  })
})
