import { type KeyboardEvent, type ReactNode, useId } from 'react'

export interface Tab<K extends string> {
  readonly key: K
  readonly title: string
}

interface TabsProps<K extends string> {
  readonly label: string
  readonly tabs: readonly Tab<K>[]
  readonly open: K
  readonly onOpen: (key: K) => void
  /** Beside the tabs. */
  readonly aside?: ReactNode
  readonly children: ReactNode
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Tabs with the panel of the open one. */
export const Tabs = <K extends string>({ label, tabs, open, onOpen, aside, children }: TabsProps<K>) => {
  const id = useId()
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(({ key }) => key === open)
    const next = tabs[(at + (STEPS[event.key] ?? 0) + tabs.length) % tabs.length]
    if (!next || next.key === open) return
    event.preventDefault()
    onOpen(next.key)
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus()
  }
  return (
    <div className="fmi-tabs">
      <div className="fmi-tabs-head">
        <div className="fmi-tablist" role="tablist" aria-label={label} onKeyDown={press} tabIndex={-1}>
          {tabs.map(({ key, title }) => (
            <button
              key={key}
              type="button"
              role="tab"
              id={`${id}-${key}`}
              data-tab={key}
              aria-selected={key === open}
              aria-controls={`${id}-panel`}
              tabIndex={key === open ? 0 : -1}
              onClick={() => onOpen(key)}
            >
              {title}
            </button>
          ))}
        </div>
        {aside}
      </div>
      <div className="fmi-tabpanel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open}`}>
        {children}
      </div>
    </div>
  )
}
