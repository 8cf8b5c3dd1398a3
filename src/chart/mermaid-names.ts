const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')

/** Gives names that Mermaid reads as ids: no word of its own, each only once, the same for the same key. */
export class MermaidNames {
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()

  /**
   * @param key what is named
   * @param wish what its name is made of
   */
  of(key: string, wish: string): string {
    const known = this.#names.get(key)
    if (known !== undefined) return known
    // "state", "note" or "default" alone would be words of the language
    const base = `s_${plain(wish)}`
    let name = base
    for (let n = 2; this.#taken.has(name); n += 1) name = `${base}_${n}`
    this.#taken.add(name)
    this.#names.set(key, name)
    return name
  }
}
