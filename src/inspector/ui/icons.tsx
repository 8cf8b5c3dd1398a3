const PATHS = {
  pause: 'M5 3v10M11 3v10',
  play: 'M5 3l8 5-8 5z',
  save: 'M8 2v8M4.5 7L8 10.5 11.5 7M3 13h10',
  open: 'M2 13V4h4l1.5 2H14v7z',
  back: 'M10 3L5 8l5 5',
  forth: 'M6 3l5 5-5 5',
  close: 'M4 4l8 8M12 4l-8 8',
  window: 'M9 3h4v4M13 3L7.5 8.5M7 4H3v9h9V9',
} as const

export type IconName = keyof typeof PATHS

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg className="fmi-icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
)
