import { FONT, FONT_FAMILY } from './chart-sizes.ts'

/** Widths of Helvetica’s glyphs in thousandths of the size, by kind; measured text is at most some percent wider. */
const NARROW = new Set("iIjlft.,:;'!|()[]/\\ ·")
const WIDE = new Set('mwMWGOQ@%→×')

const estimate = (text: string): number => {
  let width = 0
  for (const glyph of text) {
    if (NARROW.has(glyph)) width += 300
    else if (WIDE.has(glyph)) width += 830
    else width += /[A-Z]/.test(glyph) ? 690 : glyph.charCodeAt(0) > 0x2e80 ? 1_000 : 570
  }
  return (width / 1_000) * 1.04
}

let context: CanvasRenderingContext2D | null | undefined

const canvas = (): CanvasRenderingContext2D | null => {
  if (context === undefined)
    context = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')
  return context
}

/** Width of a text in px, as the browser will set it; where there is none, a generous estimate. */
export const textWidth = (text: string, font: keyof typeof FONT): number => {
  const { size, weight } = FONT[font]
  const drawing = canvas()
  if (drawing === null) return Math.ceil(estimate(text) * size * (weight > 400 ? 1.05 : 1))
  drawing.font = `${weight} ${size}px ${FONT_FAMILY}`
  return Math.ceil(drawing.measureText(text).width)
}
