import { useMembers } from '#react/index'
import { standingWords } from '../member-words.ts'
import { MemberActions } from './member-actions.tsx'
import { MemberFacts } from './member-facts.tsx'
import type { Deed } from './deed-dialog.tsx'

/** What the room says of this very device. */
export const OwnStanding = ({ onDeed }: { readonly onDeed: (deed: Deed) => void }) => {
  const { self, policy } = useMembers()
  if (!self || policy === 'secret-only') return null
  const words = standingWords(self, policy)
  return (
    <div className="own-standing">
      {words && (
        <span className="chip" data-tone={words.tone}>
          {words.text}
        </span>
      )}
      <MemberFacts member={self} />
      <MemberActions member={self} onDeed={onDeed} />
    </div>
  )
}
