const entity = (character: string): string => `#${character.codePointAt(0)};`

/**
 * Text for a label of Mermaid. What its lexer, its Markdown or its formulas would take for their own is written as an
 * entity, which Mermaid sets aside before it reads anything.
 *
 * @example
 * mermaidText('isLess(than: 3)') // 'isLess(than#58; 3)'
 */
export const mermaidText = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[:;#"{}[\]<>&%*_`~|\\$^]/g, entity)
    // a list to Markdown
    .replace(/^(\d+)\./, (_, digits: string) => `${digits}#46;`)
    .replace(/^[-+]/, entity)
    // anywhere in a line, this turns the whole diagram
    .replaceAll(/(direction) (?=(TB|BT|RL|LR)\b)/gi, '$1#32;')
