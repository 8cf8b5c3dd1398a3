import { compareText } from '#model/write-order'
import type { ControlLogs } from './control-logs.ts'
import type { Certify, Control, Remove } from './control.types.ts'

/** What the root key said, whoever wrote it down. It stands above the log: no past, no cutoff and no order touch it. */
export class RootWords {
  readonly #certificates = new Map<string, Certify[]>()
  readonly #cutoffs = new Map<string, number>()
  readonly #known: ReadonlySet<string>

  /** @param verified the words found to be signed by the root key: see `verifyRoots` */
  constructor(logs: ControlLogs, verified: ReadonlySet<string>) {
    this.#known = verified
    const words = new Map<string, Certify | Remove>()
    for (const control of [...logs.values()].flat())
      if (isWord(control) && verified.has(control.rootWord)) words.set(control.rootWord, control)
    for (const [, word] of [...words].toSorted(([a], [b]) => compareText(a, b))) this.#add(word)
  }

  #add(word: Certify | Remove): void {
    const { subject } = word
    if (word.op === 'remove') this.#cutoffs.set(subject, Math.min(word.cutoff, this.cutoffOf(subject)))
    else this.#certificates.set(subject, [...this.certificatesOf(subject), word])
  }

  isKnown(word: string): boolean {
    return this.#known.has(word)
  }

  /** Certificates of a device by the root. */
  certificatesOf(subject: string): readonly Certify[] {
    return this.#certificates.get(subject) ?? []
  }

  /** True for a device that the root alone may remove. */
  isProtected(subject: string): boolean {
    return this.#certificates.has(subject)
  }

  /** The last seq of a device that counts; infinite for one that the root did not remove. */
  cutoffOf(subject: string): number {
    return this.#cutoffs.get(subject) ?? Number.POSITIVE_INFINITY
  }

  /** Devices that the root removed. */
  get removed(): Iterable<string> {
    return this.#cutoffs.keys()
  }

  /** Devices that the root certified. */
  get certified(): Iterable<string> {
    return this.#certificates.keys()
  }
}

type Word = (Certify | Remove) & { readonly rootWord: string }

const isWord = (control: Control): control is Word => control.op !== 'introduce' && control.rootWord !== undefined
