/** The list of events, and what is told of one. */
export const EVENT_STYLES = `
.fmi-happened { display: flex; min-width: 0; min-height: 0; }
.fmi-happened > .fmi-tabs { flex: 1; }
.fmi-bar { display: flex; flex: none; flex-wrap: wrap; gap: 4px 12px; align-items: center; padding: 5px 10px; border-bottom: 1px solid var(--fmi-line); }
.fmi .fmi-bar :is(input[type="search"], select) { width: auto; min-height: 26px; padding: 1px 7px; border: 1px solid var(--fmi-line); border-radius: 6px; background: var(--fmi-pane); }
.fmi .fmi-bar .fmi-search { flex: 0 1 230px; min-width: 120px; }
.fmi-bar select { max-width: 190px; }
.fmi-search::placeholder { color: var(--fmi-muted); opacity: 1; }
.fmi-check { display: inline-flex; gap: 5px; align-items: center; white-space: nowrap; }
.fmi .fmi-check input { width: 14px; height: 14px; min-height: 0; margin: 0; padding: 0; accent-color: var(--fmi-accent); }
.fmi-count { margin-inline-start: auto; color: var(--fmi-muted); font-variant-numeric: tabular-nums; }

.fmi-events { position: relative; flex: 1 1 0 !important; min-height: 60px; overflow: auto; }
.fmi-rows { position: relative; min-width: 640px; }
.fmi-row { position: absolute; inset-inline: 0; display: grid; grid-template-columns: 92px minmax(130px, 17%) minmax(130px, 19%) minmax(120px, 22%) minmax(0, 1fr); gap: 10px; height: var(--fmi-row); padding: 0 10px; border-bottom: 1px solid var(--fmi-soft); line-height: 23px; cursor: pointer; }
.fmi-events[data-devices] .fmi-row { grid-template-columns: 92px 100px minmax(130px, 16%) minmax(130px, 18%) minmax(120px, 21%) minmax(0, 1fr); }
.fmi[data-shape="low"] .fmi-row { grid-template-columns: 84px 112px minmax(110px, 1.1fr) minmax(100px, 1fr) minmax(60px, 0.8fr); gap: 8px; }
.fmi[data-shape="low"] .fmi-events[data-devices] .fmi-row { grid-template-columns: 84px 70px 112px minmax(110px, 1.1fr) minmax(100px, 1fr) minmax(60px, 0.8fr); }
.fmi[data-shape="low"] .fmi-rows { min-width: 500px; }
.fmi-row > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.fmi-row:hover { background: var(--fmi-soft); }
.fmi-row[aria-selected="true"] { background: var(--fmi-accent-soft); }
.fmi-row[data-later] > * { color: var(--fmi-muted); font-style: italic; font-weight: 400; }
.fmi-time { color: var(--fmi-muted); font-size: 12px; font-variant-numeric: tabular-nums; }
.fmi-device-tag { color: var(--fmi-hue); font-size: 12px; font-weight: 600; }
.fmi-type { font-family: var(--fmi-mono); font-size: 12px; }
.fmi-route { color: var(--fmi-muted); }
.fmi-effect, .fmi-step-words { color: var(--fmi-accent); }
.fmi-carried { color: var(--fmi-muted); font-size: 12px; }
.fmi-guard { color: var(--fmi-guard); }
.fmi-told { grid-column: span 2; }
.fmi-row[data-kind="law"], .fmi-row[data-kind="fault"] { background: var(--fmi-bad-soft); color: var(--fmi-bad); font-weight: 600; }
.fmi-row[data-kind="law"] > *, .fmi-row[data-kind="fault"] > * { color: var(--fmi-bad); }
.fmi-carried[data-fault] { color: var(--fmi-bad); }
.fmi-row[data-kind="ice"] .fmi-type { color: var(--fmi-muted); }
.fmi-step { border-bottom-color: transparent; }
.fmi-step > .fmi-step-words { grid-column: 2 / span 2; padding-inline-start: 14px; }
.fmi-events[data-devices] .fmi-step > .fmi-step-words { grid-column: 3 / span 2; }
.fmi-step > .fmi-step-words::before { content: "↳ "; color: var(--fmi-muted); }

.fmi-event-details { display: flex; flex: 0 0 clamp(230px, 26%, 380px); flex-direction: column; gap: 9px; min-height: 0; padding: 8px 12px; overflow: auto; border-inline-start: 1px solid var(--fmi-line); }
.fmi-transitions li { color: var(--fmi-accent); overflow-wrap: anywhere; }
.fmi-from-to { overflow-wrap: anywhere; }
.fmi:is([data-shape="narrow"], [data-shape="low"]) .fmi-happened { flex-direction: column; }
.fmi:is([data-shape="narrow"], [data-shape="low"]) .fmi-event-details { flex: 0 1 42%; border-inline-start: 0; border-top: 1px solid var(--fmi-line); }
`
