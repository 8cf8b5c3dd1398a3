const PEOPLE: Readonly<Record<string, string>> = { a: 'Anna', b: 'Ben', c: 'Cleo', d: 'Dan', e: 'Eva', f: 'Finn' }

/** Whose device it is, by its name on the stage. */
export const personOf = (device: string): string => PEOPLE[device] ?? device
