/** Tree, chart, state, tabs. */
export const PANE_STYLES = `
.fmi-pane { overflow: auto; min-height: 0; }
.fmi-trees { display: flex; flex-direction: column; gap: 2px; padding-bottom: 8px; }
.fmi .fmi-device-name { position: sticky; top: 0; z-index: 1; display: flex; gap: 7px; align-items: center; padding: 6px 10px 4px; background: var(--fmi-pane); font-weight: 700; overflow-wrap: anywhere; }
.fmi-trees .fmi-note { padding: 4px 10px; }
.fmi-tree { position: relative; }
.fmi-actor { position: absolute; inset-inline: 0; display: flex; gap: 8px; align-items: baseline; height: var(--fmi-row); padding-inline-end: 8px; line-height: var(--fmi-row); white-space: nowrap; cursor: pointer; }
.fmi-actor:hover { background: var(--fmi-soft); }
.fmi-actor[aria-selected="true"] { background: var(--fmi-accent-soft); }
.fmi-actor-name { flex: none; max-width: 60%; min-width: 2em; overflow: hidden; text-overflow: ellipsis; color: var(--fmi-muted); }
.fmi-machine { color: var(--fmi-text); font-weight: 600; }
.fmi-actor-states { overflow: hidden; text-overflow: ellipsis; color: var(--fmi-muted); font-size: 12px; }
.fmi-actor:not([data-status="active"]) > * { font-weight: 400; text-decoration: none; font-style: italic; color: var(--fmi-muted); }
.fmi-actor[data-status="error"] .fmi-actor-states { color: var(--fmi-bad); }
.fmi-moved { align-self: center; flex: none; width: 7px; height: 7px; border-radius: 50%; }
.fmi-actor[data-moved] .fmi-moved { background: var(--fmi-moved); }

.fmi-chart { position: relative; min-height: 0; height: 100%; }
.fmi-chart > .fm-chart { height: 100%; margin: 0; border: 0; border-radius: 0; }
.fmi-chart .fm-chart-stage { flex: 1; min-height: 0; }

.fmi-details { display: flex; flex-direction: column; gap: 10px; padding: 8px 12px 14px; }
.fmi-details-name { overflow-wrap: anywhere; display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
.fmi-details-name strong { font-size: 14px; overflow-wrap: anywhere; }
.fmi .fmi-part { margin-bottom: 3px; color: var(--fmi-muted); font-size: 11px; font-weight: 700; letter-spacing: 0.04em; text-transform: uppercase; }
.fmi-states li { margin-bottom: 3px; }
.fmi-states strong { color: var(--fmi-accent); }
.fmi-broken { margin-bottom: 4px; padding: 5px 8px; border-inline-start: 3px solid var(--fmi-bad); background: var(--fmi-bad-soft); color: var(--fmi-bad); }
.fmi-laws > summary { color: var(--fmi-good); cursor: pointer; }
.fmi-laws li { margin: 4px 0; font-size: 12px; color: var(--fmi-muted); }
.fmi-laws li strong { color: var(--fmi-text); }

.fmi-json { font: 12px/1.6 var(--fmi-mono); overflow-wrap: anywhere; }
.fmi-json .fmi-json { margin-inline-start: 13px; }
.fmi-json > summary { cursor: pointer; }
.fmi-key { color: var(--fmi-muted); }
.fmi-string { color: var(--fmi-good); }
.fmi-number { color: var(--fmi-accent); }
.fmi-redacted { color: var(--fmi-muted); font-style: italic; }
.fmi-size, .fmi-more { color: var(--fmi-muted); }

.fmi-tabs { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.fmi-tabs-head { display: flex; flex: none; align-items: center; border-bottom: 1px solid var(--fmi-line); background: var(--fmi-soft); }
.fmi-tablist { display: flex; overflow-x: auto; }
.fmi-tablist button { min-height: 30px; padding: 4px 14px; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--fmi-muted); white-space: nowrap; cursor: pointer; }
.fmi-tablist button[aria-selected="true"] { border-bottom-color: var(--fmi-accent); color: var(--fmi-text); font-weight: 600; }
.fmi-tabpanel { display: flex; flex: 1; flex-direction: column; min-width: 0; min-height: 0; }
:is(.fmi-narrow, .fmi-halved > .fmi-tabs) .fmi-tabpanel > * { flex: 1; min-height: 0; }
.fmi-narrow .fmi-tabpanel .fmi-tabpanel > * { flex: none; }
`
