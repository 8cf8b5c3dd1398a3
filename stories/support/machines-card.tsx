import { useEffect, useRef, useState } from 'react'
import { focusChart, StateChart } from '#chart/index'
import { chartOf, type MachineId } from './machines.ts'
import type { Configuration } from './machines-survey.ts'
import { MachineTold } from './machines-told.tsx'

interface MachineCardProps {
  readonly id: MachineId
  readonly configuration: Configuration
  readonly laws: number
}

/** True once the element came near the eye: charts beyond it are not worth placing. */
const useSeen = () => {
  const ref = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (!ref.current) return
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: '300px' },
    )
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return { ref, seen }
}

type Focused = ReturnType<typeof focusChart>
const focused = new WeakMap<Configuration, Focused>()

/** The same chart each time, so that one placed before the filter hid it need not be placed again. */
const focusOf = (id: MachineId, configuration: Configuration): Focused => {
  const known = focused.get(configuration) ?? focusChart(chartOf(id), configuration.active)
  focused.set(configuration, known)
  return known
}

const CardChart = ({ id, configuration }: Omit<MachineCardProps, 'laws'>) => {
  const { active, paths } = configuration
  const { ref, seen } = useSeen()
  const focus = focusOf(id, configuration)
  const [folded, setFolded] = useState(focus.folded)
  const toggle = (state: string) =>
    setFolded((before) => {
      const next = new Set(before)
      return next.delete(state) ? next : next.add(state)
    })
  return (
    <div ref={ref} className="machine-chart">
      {seen && (
        <StateChart
          model={focus.model}
          active={active}
          folded={folded}
          onToggle={toggle}
          height={paths.length > 1 ? 460 : 320}
          label={`${id} in ${paths.join(', ')}`}
        />
      )}
    </div>
  )
}

const Laws = ({ broken, laws }: { readonly broken: readonly string[]; readonly laws: number }) =>
  broken.length === 0 ? (
    <p className="machine-laws">All {laws} laws hold.</p>
  ) : (
    <ul className="machine-laws" data-broken={broken.length}>
      {broken.map((law) => (
        <li key={law}>Broken: {law}</li>
      ))}
    </ul>
  )

/** One combination of states: where the chart is, what a person sees of it, what the machine keeps in mind. */
export const MachineCard = ({ id, configuration, laws }: MachineCardProps) => {
  const { paths, tags, told, view, context, broken } = configuration
  return (
    <article className="machine-card">
      <div>
        <h3>
          {paths.map((path) => (
            <span key={path}>{path}</span>
          ))}
        </h3>
        <p className="machine-tags">
          {tags.map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </p>
        <MachineTold told={told} view={view} />
        <details>
          <summary>Context</summary>
          <pre>{JSON.stringify(context, null, 2)}</pre>
        </details>
        <Laws broken={broken} laws={laws} />
      </div>
      <CardChart id={id} configuration={configuration} />
    </article>
  )
}
