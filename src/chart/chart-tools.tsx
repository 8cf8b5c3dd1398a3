import { memo } from 'react'

interface ChartToolsProps {
  readonly label: string
  readonly onZoomIn: () => void
  readonly onZoomOut: () => void
  readonly onFit: () => void
}

const ICONS = { in: 'M7 2V12M2 7H12', out: 'M2 7H12', fit: 'M2 5V2H5M9 2H12V5M12 9V12H9M5 12H2V9' } as const

const Tool = ({ icon, words, onPress }: { icon: keyof typeof ICONS; words: string; onPress: () => void }) => (
  <button type="button" title={words} aria-label={words} onClick={onPress}>
    <svg viewBox="0 0 14 14" aria-hidden="true">
      <path d={ICONS[icon]} />
    </svg>
  </button>
)

/** Zoom by buttons, for whoever has no wheel. */
export const ChartTools = memo(({ label, onZoomIn, onZoomOut, onFit }: ChartToolsProps) => (
  // biome-ignore lint/a11y/useSemanticElements: these buttons are no fieldset
  <div className="fm-chart-tools" role="group" aria-label={`View of ${label}`}>
    <Tool icon="in" words="Zoom in" onPress={onZoomIn} />
    <Tool icon="out" words="Zoom out" onPress={onZoomOut} />
    <Tool icon="fit" words="Show all" onPress={onFit} />
  </div>
))
