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
.fmi-check > span { overflow: hidden; max-width: 150px; text-overflow: ellipsis; }
.fmi:is([data-shape="low"], [data-shape="halved"]) .fmi-bar { gap: 3px 8px; padding: 3px 8px; }
.fmi:is([data-shape="low"], [data-shape="halved"]) .fmi-bar .fmi-search { flex: 1 1 90px; min-width: 90px; }
.fmi:is([data-shape="low"], [data-shape="halved"]) .fmi-bar select { max-width: 130px; }
.fmi-count { margin-inline-start: auto; color: var(--fmi-muted); font-variant-numeric: tabular-nums; }

.fmi-events { container: fmi-events / inline-size; position: relative; flex: 1 1 0 !important; min-height: 60px; overflow: hidden auto; }
.fmi-rows { position: relative; }
.fmi-row { position: absolute; inset-inline: 0; display: grid; grid-template-columns: 92px minmax(130px, 17%) minmax(130px, 19%) minmax(120px, 22%) minmax(0, 1fr); gap: 10px; height: var(--fmi-row); padding: 0 10px; border-bottom: 1px solid var(--fmi-soft); line-height: 23px; cursor: pointer; }
.fmi-events[data-devices] .fmi-row { grid-template-columns: 92px 100px minmax(130px, 16%) minmax(130px, 18%) minmax(120px, 21%) minmax(0, 1fr); }
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
.fmi-told { grid-column: 4 / -1; }
.fmi-events[data-devices] .fmi-told { grid-column: 5 / -1; }
.fmi-row[data-kind="law"], .fmi-row[data-kind="fault"] { background: var(--fmi-bad-soft); color: var(--fmi-bad); font-weight: 600; }
.fmi-row[data-kind="law"] > *, .fmi-row[data-kind="fault"] > * { color: var(--fmi-bad); }
.fmi-carried[data-fault] { color: var(--fmi-bad); }
.fmi-row[data-kind="ice"] .fmi-type { color: var(--fmi-muted); }
.fmi-step { border-bottom-color: transparent; }
.fmi-step > .fmi-step-words { grid-column: 2 / span 2; padding-inline-start: 14px; }
.fmi-events[data-devices] .fmi-step > .fmi-step-words { grid-column: 3 / span 2; }
/* In less room: what happened, and to whom, keep theirs; what it carried and did is told of the chosen one. */
@container fmi-events (max-width: 899px) {
  .fmi-row, .fmi-events[data-devices] .fmi-row { gap: 8px; grid-template-columns: 84px minmax(112px, 1fr) minmax(112px, 1.3fr) minmax(96px, 1.1fr); }
  .fmi-events[data-devices] .fmi-row { grid-template-columns: 84px 72px minmax(112px, 1fr) minmax(112px, 1.3fr) minmax(96px, 1.1fr); }
  .fmi-row > .fmi-carried { display: none; }
  .fmi-row:has(> .fmi-carried[data-fault]) > .fmi-type { color: var(--fmi-bad); }
}
@container fmi-events (max-width: 599px) {
  .fmi-row { grid-template-columns: 84px minmax(0, 1fr) minmax(0, 1.2fr); }
  .fmi-events[data-devices] .fmi-row { grid-template-columns: 84px 8px minmax(0, 1fr) minmax(0, 1.2fr); }
  .fmi-row > :is(.fmi-effect, .fmi-guard), .fmi-row:not([data-kind="event"]) > .fmi-route { display: none; }
  .fmi-row > .fmi-told, .fmi-events[data-devices] .fmi-told { grid-column: auto; }
  .fmi-row > .fmi-device-tag { font-size: 0; }
  .fmi-row:not(.fmi-step) > .fmi-device-tag::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; background: var(--fmi-hue); }
}
@container fmi-events (max-width: 479px) {
  .fmi-from { display: none; }
}
@container fmi-events (max-width: 339px) {
  .fmi-row { grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); }
  .fmi-events[data-devices] .fmi-row { grid-template-columns: 8px minmax(0, 1fr) minmax(0, 1.2fr); }
  .fmi-row > .fmi-time { display: none; }
  .fmi-step > .fmi-step-words, .fmi-events[data-devices] .fmi-step > .fmi-step-words { grid-column: 1 / -1; }
}
.fmi-step > .fmi-step-words::before { content: "↳ "; color: var(--fmi-muted); }

.fmi-event-details { display: flex; flex: 0 0 clamp(230px, 26%, 380px); flex-direction: column; gap: 9px; min-height: 0; padding: 8px 12px; overflow: auto; border-inline-start: 1px solid var(--fmi-line); }
.fmi-transitions li { color: var(--fmi-accent); overflow-wrap: anywhere; }
.fmi-from-to { overflow-wrap: anywhere; }
.fmi:not([data-shape="wide"]) .fmi-happened { flex-direction: column; }
.fmi:not([data-shape="wide"]) .fmi-event-details { flex: 0 1 42%; border-inline-start: 0; border-top: 1px solid var(--fmi-line); }
`
