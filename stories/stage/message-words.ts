type Says = (from: string, to: string) => string

/** What devices tell each other: through signaling to make a link, and then over it. */
const WORDS: Readonly<Record<string, Says>> = {
  offer: (from, to) => `${from} offers ${to} a direct link`,
  answer: (from, to) => `${from} takes the link that ${to} offers`,
  candidate: (from, to) => `${from} tells ${to} an address to be reached at`,
  nudge: (from, to) => `${from} asks ${to} to make the link anew`,
  hello: (from, to) => `${from} introduces itself to ${to}`,
  bye: (from, to) => `${from} says goodbye to ${to}`,
  vector: (from, to) => `${from} tells ${to} what it has`,
  entries: (from, to) => `${from} sends ${to} what it lacks`,
}

/** A message in words; `kind` is a signal’s or a message’s of the wire, or anything that a recording brings. */
export const messageWords = (kind: string, from: string, to: string): string =>
  Object.hasOwn(WORDS, kind) ? (WORDS[kind]?.(from, to) ?? '') : `${from} sends ${to}: ${kind}`

/** A message of several chunks begins to arrive. */
export const begunWords: Says = (from, to) => `${from} begins a long message to ${to}`

export const joinedWords = (who: string): string => `The server lets ${who} into the room`
