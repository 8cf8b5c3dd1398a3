import { Children, type ReactNode } from 'react'
import { KINDS, kindOf } from '../records/kinds.ts'
import { Icon } from './icon.tsx'

interface NavProps {
  /** Imported resource types with a list of their own. */
  readonly imported: readonly string[]
  readonly conflicts: number
  /** Devices that ask to join, where this device may admit them. */
  readonly waiting?: number
  readonly tab: string
  readonly onTab: (tab: string) => void
}

const FIXED = [
  ...KINDS.map(({ type, plural }) => ({ tab: type, label: plural })),
  { tab: 'import', label: 'Import' },
  { tab: 'conflicts', label: 'Conflicts' },
  { tab: 'devices', label: 'Devices' },
]

/** The screens: at the side on a desk, within reach of the thumb on a phone, where `ListChoice` has the imported ones. */
export const Nav = ({ imported, conflicts, waiting = 0, tab, onTab }: NavProps) => (
  <nav className="nav" aria-label="Screens">
    {FIXED.map((it) => (
      <NavItem key={it.tab} {...it} current={it.tab === tab} onTab={onTab}>
        {it.tab === 'conflicts' && conflicts > 0 && conflicts}
        {it.tab === 'devices' && waiting > 0 && (
          <>
            {waiting}
            <span className="hidden"> {waiting === 1 ? 'asks' : 'ask'} to join</span>
          </>
        )}
      </NavItem>
    ))}
    {imported.length > 0 && (
      <div className="nav-lists">
        <h2>Lists</h2>
        {imported.map((type) => (
          <NavItem key={type} tab={type} label={kindOf(type).plural} current={type === tab} onTab={onTab} />
        ))}
      </div>
    )}
  </nav>
)

interface NavItemProps extends Pick<NavProps, 'tab' | 'onTab'> {
  readonly label: string
  readonly current: boolean
  /** How many need a look. */
  readonly children?: ReactNode
}

const NavItem = ({ tab, label, current, onTab, children }: NavItemProps) => (
  <button
    type="button"
    className="nav-item"
    aria-current={current ? 'page' : undefined}
    data-testid={`tab-${tab}`}
    onClick={() => onTab(tab)}
  >
    <Icon name={tab} />
    <span className="nav-label">{label}</span>
    {Children.toArray(children).length > 0 && <span className="badge">{children}</span>}
  </button>
)

interface ListChoiceProps extends Pick<NavProps, 'tab' | 'onTab'> {
  /** Every resource type with a list, imported or not. */
  readonly types: readonly string[]
}

/** On a phone, above a list: which of the lists it is. */
export const ListChoice = ({ types, tab, onTab }: ListChoiceProps) => (
  <label className="list-choice">
    <span className="label">List</span>
    <select value={tab} data-testid="list-choice" onChange={(event) => onTab(event.target.value)}>
      {types.map((type) => (
        <option key={type} value={type}>
          {kindOf(type).plural}
        </option>
      ))}
    </select>
  </label>
)
