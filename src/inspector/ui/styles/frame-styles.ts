/** Colors, the frame around the panes, toolbar and time bar. */
export const FRAME_STYLES = `
.fmi {
  color-scheme: light dark;
  --fmi-ground: light-dark(#eef1f4, #0c1319);
  --fmi-pane: light-dark(#ffffff, #141d25);
  --fmi-soft: light-dark(#f5f7f9, #19242d);
  --fmi-line: light-dark(#d8dfe5, #2a3844);
  --fmi-strong: light-dark(#7c8994, #748694);
  --fmi-text: light-dark(#14202a, #e6edf2);
  --fmi-muted: light-dark(#4d5b67, #a3b2be);
  --fmi-accent: light-dark(#0a6390, #6cc0ea);
  --fmi-accent-soft: light-dark(#dcecf5, #17384a);
  --fmi-moved: light-dark(#b03a06, #ffb37a);
  --fmi-guard: light-dark(#6a3fa0, #c9aef2);
  --fmi-bad: light-dark(#a81e1e, #ff9d95);
  --fmi-bad-soft: light-dark(#fdeae8, #3d1d1c);
  --fmi-good: light-dark(#14693a, #7fdba5);
  --fmi-mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", "Liberation Mono", monospace;
  --fmi-row: 24px;
  display: flex;
  flex-direction: column;
  height: 100%;
  min-height: 0;
  min-width: 0;
  overflow: hidden;
  background: var(--fmi-ground);
  color: var(--fmi-text);
  font: 13px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  text-align: start;
}
[data-theme="light"] .fmi { color-scheme: light; }
[data-theme="dark"] .fmi { color-scheme: dark; }
.fmi *, .fmi *::before { box-sizing: border-box; }
.fmi :where(h2, h3, p, ul, ol) { margin: 0; padding: 0; font-size: inherit; }
.fmi :where(ul, ol) { list-style: none; }
.fmi :where(details, summary) { margin: 0; padding: 0; border: 0; min-height: 0; background: none; font-weight: inherit; }
.fmi :is(button, input, select, output) { font: inherit; color: inherit; }
.fmi :focus-visible { outline: 2px solid var(--fmi-accent); outline-offset: -2px; }
.fmi-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.fmi-note { color: var(--fmi-muted); font-size: 12px; }
.fmi-empty { display: grid; place-content: center; height: 100%; padding: 16px; text-align: center; }
.fmi-icon { flex: none; width: 14px; height: 14px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

.fmi [data-hue="0"] { --fmi-hue: light-dark(#0a6390, #6cc0ea); }
.fmi [data-hue="1"] { --fmi-hue: light-dark(#9a4a00, #f2b06b); }
.fmi [data-hue="2"] { --fmi-hue: light-dark(#14693a, #7fdba5); }
.fmi [data-hue="3"] { --fmi-hue: light-dark(#7a2f86, #dba4e6); }
.fmi [data-hue="4"] { --fmi-hue: light-dark(#8a5a00, #e3cd62); }
.fmi [data-hue="5"] { --fmi-hue: light-dark(#3d4fb0, #a9b6ff); }
.fmi-dot { flex: none; width: 9px; height: 9px; border-radius: 50%; background: var(--fmi-hue); }

.fmi-toolbar { display: flex; flex: none; flex-wrap: wrap; gap: 6px 8px; align-items: center; padding: 6px 10px; border-bottom: 1px solid var(--fmi-line); background: var(--fmi-pane); }
.fmi .fmi-title { margin-inline-end: 8px; font-size: 14px; font-weight: 700; }
.fmi-devices { display: flex; min-width: 0; flex-wrap: wrap; gap: 4px; }
.fmi-space { flex: 1; }
.fmi-button { display: inline-flex; gap: 6px; align-items: center; min-height: 28px; padding: 2px 10px; border: 1px solid var(--fmi-line); border-radius: 7px; background: var(--fmi-pane); white-space: nowrap; cursor: pointer; }
.fmi-button:hover { border-color: var(--fmi-strong); }
.fmi-button:disabled, .fmi-button[aria-disabled="true"] { color: var(--fmi-muted); cursor: default; }
.fmi-button[aria-disabled="true"] svg { opacity: 0.45; }
.fmi-device { max-width: 100%; }
.fmi-device-title { overflow: hidden; text-overflow: ellipsis; }
.fmi-device[aria-pressed="true"] { border-color: var(--fmi-accent); background: var(--fmi-accent-soft); font-weight: 600; }
.fmi-link { padding: 0; border: 0; background: none; color: var(--fmi-accent) !important; text-decoration: underline; text-underline-offset: 2px; cursor: pointer; }
.fmi-recorded { display: flex; gap: 8px; padding: 2px 10px; border-radius: 7px; background: var(--fmi-accent-soft); }
.fmi-refusal { display: flex; flex: none; gap: 12px; align-items: center; justify-content: space-between; padding: 8px 12px; border-bottom: 1px solid var(--fmi-bad); background: var(--fmi-bad-soft); }
.fmi-waiting { display: grid; flex: 1; gap: 8px; place-content: center; padding: 24px; text-align: center; color: var(--fmi-muted); }
.fmi-waiting > * { max-width: 36rem; }
.fmi-waiting strong { color: var(--fmi-text); font-size: 15px; }

.fmi-wide { display: grid; flex: 1; gap: 1px; min-height: 0; background: var(--fmi-line); grid-template: minmax(0, 1.15fr) minmax(0, 1fr) / minmax(220px, 19%) minmax(0, 1fr) minmax(240px, 23%); }
.fmi-wide > * { min-width: 0; min-height: 0; background: var(--fmi-pane); }
.fmi-wide > .fmi-happened { grid-column: 1 / -1; }
.fmi[data-shape="low"] .fmi-wide { grid-template: minmax(0, 1fr) / minmax(180px, 15%) minmax(0, 1fr) minmax(190px, 16%) minmax(0, 1.5fr); }
.fmi[data-shape="low"] .fmi-wide > .fmi-happened { grid-column: auto; }
.fmi-halved { display: grid; flex: 1; gap: 1px; min-height: 0; grid-template: minmax(0, 1fr) / minmax(0, 0.8fr) minmax(0, 1fr); background: var(--fmi-line); }
.fmi-halved > * { min-width: 0; min-height: 0; background: var(--fmi-pane); }
.fmi-narrow { display: flex; flex: 1; min-height: 0; background: var(--fmi-pane); }
.fmi-narrow > .fmi-tabs { flex: 1; }
.fmi[data-shape="narrow"] :is(.fmi-button, .fmi-tablist button, .fmi-bar input, .fmi-bar select) { min-height: 36px; }

.fmi-time-bar { display: flex; flex: none; gap: 6px; align-items: center; padding: 5px 10px; border-top: 1px solid var(--fmi-line); background: var(--fmi-pane); }
.fmi-live { min-width: 92px; }
.fmi-live-dot { width: 8px; height: 8px; border-radius: 50%; border: 1.5px solid var(--fmi-strong); }
.fmi-live[aria-pressed="true"] .fmi-live-dot { border-color: var(--fmi-good); background: var(--fmi-good); }
.fmi-missed { color: var(--fmi-muted); font-variant-numeric: tabular-nums; }
.fmi-slider { position: relative; flex: 1; min-width: 60px; padding-top: 4px; }
.fmi .fmi-slider input { display: block; width: 100%; min-height: 0; margin: 0; padding: 0; border: 0; background: none; accent-color: var(--fmi-accent); cursor: pointer; }
.fmi-marks { position: absolute; inset: 0 8px auto; height: 6px; }
.fmi-marks span { position: absolute; width: 3px; height: 6px; margin-left: -1px; border-radius: 1px; background: var(--fmi-bad); }
.fmi-clock { min-width: 132px; text-align: end; font-variant-numeric: tabular-nums; }
.fmi[data-shape="narrow"] .fmi-live { min-width: 0; }
.fmi[data-shape="narrow"] .fmi-clock { min-width: 84px; }
.fmi[data-shape="narrow"] .fmi-clock .fmi-note { display: none; }
`
