import { useState } from 'react'
import type { Policy } from '#trust/membership/membership.types'
import { newBookLink } from '../address.ts'
import { useSurroundings } from '../surroundings.ts'
import { PolicyChoice } from './policy-choice.tsx'

/** Another field book beside this one. */
export const NewBook = () => {
  const { href } = useSurroundings()
  const [policy, setPolicy] = useState<Policy>('secret-only')
  return (
    <div className="card">
      <p>
        A new field book starts empty, with an invitation of its own. This one stays reachable by its invitation link:
        copy that first.
      </p>
      <PolicyChoice policy={policy} onPolicy={setPolicy} />
      <p className="muted">This cannot be changed later.</p>
      <div className="actions">
        <a className="button" href={newBookLink(href(), policy)} data-testid="new-room">
          Start a new field book
        </a>
      </div>
    </div>
  )
}
