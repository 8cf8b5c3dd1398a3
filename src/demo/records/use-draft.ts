import { useEffect, useState } from 'react'
import type { Json } from '#model/entry'
import type { RecordView } from '#model/view'
import type { FieldSpec } from './kinds.ts'
import { fieldOf, parseInput, toInput } from './values.ts'

/** What was typed into a form, over the record as it is now. */
export interface Draft {
  readonly text: (spec: FieldSpec) => string
  readonly set: (spec: FieldSpec, text: string) => void
  /** Set where the record changed under the user's fingers. */
  readonly changedBelow: (spec: FieldSpec) => string | undefined
  readonly problems: ReadonlyMap<string, string>
  /** The changed fields, or undefined when something typed in makes no sense. */
  readonly collect: (specs: readonly FieldSpec[]) => Readonly<Record<string, Json>> | undefined
}

interface Typed {
  readonly text: string
  /** The field as it was when typing began. */
  readonly below: string
}

/** Fields that nobody typed in follow the record; the others keep what was typed. */
export const useDraft = (
  record: RecordView | undefined,
  initial: Readonly<Record<string, string>>,
  onDirty: (dirty: boolean) => void,
): Draft => {
  const [typed, setTyped] = useState<ReadonlyMap<string, Typed>>(new Map())
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const saved = (spec: FieldSpec) => (record ? toInput(fieldOf(record, spec.name), spec) : (initial[spec.name] ?? ''))
  const text = (spec: FieldSpec) => typed.get(spec.name)?.text ?? saved(spec)
  const dirty = typed.size > 0
  useEffect(() => onDirty(dirty), [dirty, onDirty])

  const set = (spec: FieldSpec, next: string) => {
    const below = typed.get(spec.name)?.below ?? saved(spec)
    setTyped(new Map(typed).set(spec.name, { text: next, below }))
  }
  const changedBelow = (spec: FieldSpec) => {
    const own = typed.get(spec.name)
    const now = saved(spec)
    return own && own.below !== now && own.text !== now ? now : undefined
  }
  const collect = (specs: readonly FieldSpec[]) => {
    const { values, found } = collectChanges(specs, text, saved, record)
    setProblems(found)
    return found.size === 0 ? values : undefined
  }
  return { text, set, changedBelow, problems, collect }
}

/** A new record gets every filled field, a known one only those that differ: what it lacks already is no problem. */
const collectChanges = (
  specs: readonly FieldSpec[],
  text: (spec: FieldSpec) => string,
  saved: (spec: FieldSpec) => string,
  record: RecordView | undefined,
) => {
  const values = new Map<string, Json>()
  const found = new Map<string, string>()
  for (const spec of specs) {
    const now = text(spec)
    const parsed = parseInput(now, spec)
    const changed = record ? now !== saved(spec) : now.trim() !== ''
    if ('problem' in parsed) {
      if (changed || !record) found.set(spec.name, parsed.problem)
    } else if (changed) values.set(spec.name, parsed.value)
  }
  return { values: Object.fromEntries(values), found }
}
