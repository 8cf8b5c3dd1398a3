/** How a field is shown and typed in. */
export interface FieldSpec {
  readonly name: string
  readonly label: string
  readonly input: 'text' | 'longText' | 'number' | 'date' | 'choice' | 'yesNo' | 'json'
  readonly choices?: readonly string[]
  readonly required?: boolean
}

/** A list of records that the app knows by heart. */
export interface Kind {
  readonly type: string
  /** Of the list, and of one of it. */
  readonly plural: string
  readonly singular: string
  readonly fields: readonly FieldSpec[]
  /** What a new record starts with. */
  readonly initial: (today: string) => Readonly<Record<string, string>>
}

const READING: Kind = {
  type: 'reading',
  plural: 'Readings',
  singular: 'reading',
  fields: [
    { name: 'meter', label: 'Meter number', input: 'text', required: true },
    { name: 'address', label: 'Address', input: 'text' },
    { name: 'medium', label: 'Medium', input: 'choice', choices: ['Electricity', 'Gas', 'Water', 'Heat'] },
    { name: 'value', label: 'Reading', input: 'number', required: true },
    { name: 'unit', label: 'Unit', input: 'choice', choices: ['kWh', 'MWh', 'm³', 'l'] },
    { name: 'readOn', label: 'Read on', input: 'date' },
    { name: 'note', label: 'Note', input: 'longText' },
  ],
  initial: (today) => ({ medium: 'Electricity', unit: 'kWh', readOn: today }),
}

const WORK_ORDER: Kind = {
  type: 'work-order',
  plural: 'Work orders',
  singular: 'work order',
  fields: [
    { name: 'title', label: 'What to do', input: 'text', required: true },
    { name: 'address', label: 'Address', input: 'text' },
    { name: 'status', label: 'Status', input: 'choice', choices: ['Open', 'In progress', 'Done', 'Canceled'] },
    { name: 'priority', label: 'Priority', input: 'choice', choices: ['Low', 'Normal', 'High', 'Urgent'] },
    { name: 'assignee', label: 'Assigned to', input: 'text' },
    { name: 'due', label: 'Due', input: 'date' },
    { name: 'note', label: 'Note', input: 'longText' },
  ],
  initial: () => ({ status: 'Open', priority: 'Normal' }),
}

/** The lists that are always there. */
export const KINDS: readonly Kind[] = [READING, WORK_ORDER]

/** The kind of a resource type; one without fields of its own for types that were imported. */
export const kindOf = (type: string): Kind =>
  KINDS.find((kind) => kind.type === type) ?? {
    type,
    plural: type,
    singular: type,
    fields: [],
    initial: () => ({}),
  }
