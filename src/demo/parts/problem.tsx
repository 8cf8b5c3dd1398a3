import type { FieldmeshError } from '#model/fault'

/** An error in words: what happened, and what to do now. */
export const Problem = ({ problem }: { readonly problem: FieldmeshError | undefined }) =>
  problem && (
    <p className="problem" role="alert" data-testid="problem">
      <strong>{problem.message}</strong> {problem.hint}
    </p>
  )
