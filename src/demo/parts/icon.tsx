const PATHS = {
  reading: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 9 4-4M7 16h10',
  'work-order': 'M9 4h6v3H9zM9 5H6v16h12V5h-3M9 12h6M9 16h4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  import: 'M12 3v11m-4-4 4 4 4-4M4 16v4h16v-4',
  conflicts: 'M12 3 2.5 20h19L12 3Zm0 6v5m0 3h.01',
  devices: 'M3 5h12v10H3zM7 19h4M17 9h4v10h-4z',
} as const

/** A line drawing beside a label, which says the same in words. */
export const Icon = ({ name }: { readonly name: string }) => {
  const path = Object.entries(PATHS).find(([key]) => key === name)?.[1] ?? PATHS.list
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
