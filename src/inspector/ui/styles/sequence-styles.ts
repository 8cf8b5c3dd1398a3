/** Sequence diagrams. */
export const SEQUENCE_STYLES = `
.fmi-sequence { position: relative; flex: 1 1 0 !important; min-height: 60px; overflow: auto; }
.fmi-heads { position: sticky; top: 0; z-index: 2; height: 38px; min-width: 100%; border-bottom: 1px solid var(--fmi-line); background: var(--fmi-pane); }
.fmi-head { position: absolute; top: 0; display: flex; flex-direction: column; align-items: center; width: 132px; margin-left: -66px; line-height: 18px; }
.fmi-head-device { height: 17px; color: var(--fmi-hue); font-size: 12px; font-weight: 700; }
.fmi-head-name { max-width: 100%; overflow: hidden; color: var(--fmi-hue); font-weight: 600; text-overflow: ellipsis; white-space: nowrap; }
.fmi-canvas { position: relative; min-width: 100%; }
.fmi-drawing { position: absolute; left: 0; display: block; }
.fmi-sequence-row { position: absolute; left: 0; right: 0; height: var(--fmi-row); padding: 0 10px; line-height: var(--fmi-row); cursor: pointer; }
.fmi-sequence-row > .fmi-time { position: sticky; left: 10px; padding-inline-end: 4px; background: color-mix(in srgb, var(--fmi-pane) 85%, transparent); }
.fmi-sequence-row:hover { background: color-mix(in srgb, var(--fmi-accent) 8%, transparent); }
.fmi-chosen-row { fill: var(--fmi-accent-soft); }
.fmi-lifeline { stroke: var(--fmi-hue); stroke-width: 1.25; opacity: 0.45; }
.fmi-arrow .fmi-way { fill: none; stroke: var(--fmi-strong); stroke-width: 1.25; }
.fmi-arrow .fmi-tip { fill: var(--fmi-strong); }
.fmi-arrow text { fill: var(--fmi-text); font-size: 11px; paint-order: stroke; stroke: var(--fmi-pane); stroke-width: 3px; stroke-linejoin: round; }
.fmi-arrow[data-kind="server"] :is(.fmi-way) { stroke: var(--fmi-guard); stroke-width: 1.75; stroke-dasharray: 6 3; }
.fmi-arrow[data-kind="server"] .fmi-tip { fill: var(--fmi-guard); }
.fmi-arrow[data-kind="server"] text { fill: var(--fmi-guard); font-weight: 600; }
.fmi-arrow[data-kind="link"] .fmi-way { stroke: var(--fmi-accent); stroke-width: 1.75; }
.fmi-arrow[data-kind="link"] .fmi-tip { fill: var(--fmi-accent); }
.fmi-arrow[data-kind="link"] text { fill: var(--fmi-accent); font-weight: 600; }
.fmi-arrow[data-half] .fmi-way { stroke-dasharray: 2 3; }
.fmi-arrow[data-later] { opacity: 0.5; }
.fmi-arrow[data-chosen] .fmi-way { stroke: var(--fmi-moved); stroke-width: 2; }
.fmi-arrow[data-chosen] .fmi-tip { fill: var(--fmi-moved); }
`
