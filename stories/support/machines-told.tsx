import type { Told } from './machines-words.ts'

interface MachineToldProps {
  readonly told: readonly Told[]
  readonly view: unknown
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What a person sees of a state: the app’s words, and the view that they are made from. */
export const MachineTold = ({ told, view }: MachineToldProps) => (
  <>
    <div className="machine-told">
      {told.map(({ about, cause, nextStep }) => (
        <p key={about}>
          <small>{about}</small>
          <strong>{cause}</strong> {nextStep}
        </p>
      ))}
    </div>
    <dl className="machine-view">
      {Object.entries(view as Readonly<Record<string, unknown>>).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{textOf(value)}</dd>
        </div>
      ))}
    </dl>
  </>
)
