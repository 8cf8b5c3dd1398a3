import type { Meta, StoryObj } from '@storybook/react-vite'
import { useMemo, useState } from 'react'
import { expect, fireEvent, waitFor } from 'storybook/test'
import type { MachineId } from './machines.ts'
import { MachineCard } from './machines-card.tsx'
import { type Configuration, type Survey, surveyOf } from './machines-survey.ts'
import './machines.css'

interface MachineGalleryProps {
  readonly survey: Survey
}

const countOf = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`

const groupsOf = (configurations: readonly Configuration[]): [string, Configuration[]][] => {
  const groups = new Map<string, Configuration[]>()
  for (const each of configurations) groups.set(each.knownAs, [...(groups.get(each.knownAs) ?? []), each])
  return [...groups]
}

const matches = ({ paths, knownAs, told, tags }: Configuration, text: string, tag: string): boolean => {
  const words = [knownAs, ...paths, ...told.flatMap(({ cause, nextStep }) => [cause, nextStep])].join(' ')
  return words.toLowerCase().includes(text.trim().toLowerCase()) && (tag === '' || tags.includes(tag))
}

/** Everything that a machine can be in, filed under what people know it as. */
export const MachineGallery = ({ survey }: MachineGalleryProps) => {
  const { id, states, snapshots, laws, configurations } = survey
  const [text, setText] = useState('')
  const [tag, setTag] = useState('')
  const tags = useMemo(() => [...new Set(configurations.flatMap((each) => each.tags))].sort(), [configurations])
  const shown = configurations.filter((each) => matches(each, text, tag))
  return (
    <main className="machine-gallery">
      <header>
        <h1>{id}</h1>
        <p role="status">
          {countOf(states, 'state')}, {countOf(configurations.length, 'configuration')}
          {shown.length < configurations.length && `, ${shown.length} shown`} · {countOf(snapshots, 'snapshot')}{' '}
          explored
        </p>
        <label>
          Filter <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label>
          Tag{' '}
          <select value={tag} onChange={(event) => setTag(event.target.value)}>
            <option value="">any</option>
            {tags.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </header>
      {groupsOf(shown).map(([name, cards]) => (
        <section key={name} aria-label={name}>
          <h2>
            {name} <small>{cards.length}</small>
          </h2>
          {cards.map((configuration) => (
            <MachineCard key={configuration.key} id={id} configuration={configuration} laws={laws} />
          ))}
        </section>
      ))}
    </main>
  )
}

export type GalleryStory = StoryObj<Meta<typeof MachineGallery>>

/** The gallery of one machine as a story: every card is there, and no law is broken in any. */
export const galleryOf = (id: MachineId): GalleryStory => ({
  loaders: [() => ({ survey: surveyOf(id) })],
  render: (_, { loaded }) => <MachineGallery survey={loaded['survey'] as Survey} />,
  play: async ({ canvas, canvasElement, loaded }) => {
    const { configurations } = loaded['survey'] as Survey
    await expect(canvasElement.querySelectorAll('.machine-card')).toHaveLength(configurations.length)
    await expect([...canvasElement.querySelectorAll('[data-broken]')].map((law) => law.textContent)).toEqual([])
    await waitFor(() => expect(canvasElement.querySelector('.fm-box[data-lit]')).not.toBeNull(), { timeout: 60_000 })
    const known = configurations.at(-1)?.knownAs ?? ''
    const look = (value: string) => fireEvent.change(canvas.getByRole('searchbox'), { target: { value } })
    await look(known)
    const found = configurations.filter((each) => matches(each, known, ''))
    await expect(canvasElement.querySelectorAll('.machine-card')).toHaveLength(found.length)
    await look('')
  },
})
