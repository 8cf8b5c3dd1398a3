/** The app’s shell ends where the dock begins. */
export const DOCK_STYLES = `
:root { --inspection-dock: 50dvh; }
#root .shell { height: calc(100dvh - var(--inspection-dock)); }
.inspection-dock { position: fixed; inset: auto 0 0; z-index: 20; display: flex; flex-direction: column; height: var(--inspection-dock); box-shadow: 0 -4px 18px rgb(0 0 0 / 18%); }
.inspection-dock:focus { outline: none; }
.inspection-dock > .fmi { flex: 1; height: auto; }
.inspection-handle { flex: none; height: 7px; background: var(--line, #ccd); cursor: ns-resize; touch-action: none; }
.inspection-handle:hover, .inspection-handle:focus-visible { background: var(--accent, #0a6390); outline: none; }
`
