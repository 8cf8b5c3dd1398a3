import { FONT, FONT_FAMILY } from './chart-sizes.ts'

/**
 * The look of a chart. Colors follow `color-scheme`, and that follows the page: `data-theme` on anything around the
 * chart where it is set, else what the device prefers.
 */
export const CHART_STYLES = `
.fm-chart {
  color-scheme: light dark;
  --fm-ground: light-dark(#fbfcfd, #10181f);
  --fm-box: light-dark(#ffffff, #1a252f);
  --fm-nest: light-dark(rgb(70 100 125 / 4.5%), rgb(160 195 225 / 4.5%));
  --fm-line: light-dark(#bcc8d2, #425464);
  --fm-arrow: light-dark(#7c8b98, #8498a8);
  --fm-text: light-dark(#14202a, #e8eef3);
  --fm-muted: light-dark(#4d5b67, #a9b8c4);
  --fm-guard: light-dark(#6a3fa0, #c9aef2);
  --fm-lit: light-dark(#0a6390, #6cc0ea);
  --fm-lit-box: light-dark(#d5ebf7, #123f57);
  --fm-lit-nest: light-dark(rgb(10 120 175 / 6%), rgb(108 192 234 / 7%));
  --fm-lit-text: light-dark(#073f5c, #e6f6ff);
  --fm-last: light-dark(#b03a06, #ffb37a);
  --fm-chip: light-dark(#e9e4f5, #332a49);
  --fm-chip-text: light-dark(#4b2f7d, #dccdf7);
  --fm-tool: light-dark(#ffffff, #22303b);
  position: relative;
  display: flex;
  flex-direction: column;
  min-width: 0;
  margin: 0;
  overflow: hidden;
  border: 1px solid var(--fm-line);
  border-radius: 10px;
  background: var(--fm-ground);
  color: var(--fm-text);
  font: ${FONT.text.size}px/1.4 ${FONT_FAMILY};
}
[data-theme='light'] .fm-chart, .fm-chart[data-theme='light'] { color-scheme: light; }
[data-theme='dark'] .fm-chart:not([data-theme='light']), .fm-chart[data-theme='dark'] { color-scheme: dark; }
.fm-chart * { box-sizing: border-box; }
.fm-chart-stage { position: relative; overflow: hidden; cursor: grab; touch-action: pan-y; user-select: none; }
.fm-chart-stage:active { cursor: grabbing; }
.fm-chart-stage > svg { display: block; direction: ltr; width: 100%; height: 100%; }
.fm-chart-note { display: grid; place-items: center; height: 100%; margin: 0; padding: 16px; color: var(--fm-muted); font-size: 13px; text-align: center; }
.fm-chart text { font-size: ${FONT.text.size}px; fill: var(--fm-text); }

.fm-box rect { fill: var(--fm-box); stroke: var(--fm-line); stroke-width: 1.25; }
.fm-box[data-fold='open'] rect { fill: var(--fm-nest); }
.fm-box[data-region] rect { stroke-dasharray: 5 4; }
.fm-box .fm-stack { fill: var(--fm-box); opacity: 0.75; }
.fm-box[data-lit] rect { stroke: var(--fm-lit); fill: var(--fm-lit-box); stroke-width: 2; }
.fm-box[data-lit][data-fold='open'] rect { fill: var(--fm-lit-nest); stroke: color-mix(in srgb, var(--fm-lit) 60%, var(--fm-line)); stroke-width: 1.5; }
.fm-box rect.fm-final { fill: none; stroke-width: 1.25; }
.fm-box[data-last] rect { stroke: var(--fm-last); stroke-width: 2.5; }
.fm-box[data-fold='closed'], .fm-head [data-toggle] { cursor: pointer; }

.fm-head text { paint-order: stroke; stroke: var(--fm-ground); stroke-width: 3px; stroke-linejoin: round; }
.fm-head text.fm-title { font-size: ${FONT.title.size}px; font-weight: ${FONT.title.weight}; }
.fm-head[data-lit] text.fm-title { fill: var(--fm-lit-text); }
.fm-head[data-leaf] text { stroke: none; }
.fm-head text.fm-note, .fm-head text.fm-words { fill: var(--fm-muted); }
.fm-handle path { fill: none; stroke: var(--fm-muted); stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
.fm-handle rect { fill: transparent; }
.fm-handle:hover rect { fill: var(--fm-chip); }
.fm-chip rect { fill: var(--fm-chip); }
.fm-chip text { fill: var(--fm-chip-text); stroke: none; }
.fm-chip path { fill: none; stroke: var(--fm-chip-text); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }

.fm-edge path { fill: none; stroke: var(--fm-arrow); stroke-width: 1.25; stroke-linejoin: round; }
.fm-edge path.fm-tip { fill: var(--fm-arrow); stroke: none; }
.fm-edge path.fm-hit { stroke: transparent; stroke-width: 11; }
.fm-edge .fm-label { fill: var(--fm-ground); opacity: 0.94; }
.fm-edge .fm-words, .fm-words { font-weight: ${FONT.strong.weight}; }
.fm-words .fm-guard { fill: var(--fm-guard); font-weight: 400; }
.fm-words .fm-aside { fill: var(--fm-muted); font-weight: 400; }
.fm-edge:hover path:not(.fm-hit, .fm-tip) { stroke: var(--fm-text); stroke-width: 2; }
.fm-edge:hover path.fm-tip { fill: var(--fm-text); }
.fm-edge[data-last] path:not(.fm-hit, .fm-tip) { stroke: var(--fm-last); stroke-width: 2.75; }
.fm-edge[data-last] path.fm-tip { fill: var(--fm-last); }
.fm-words[data-last], .fm-words[data-last] tspan { fill: var(--fm-last); text-decoration: underline; }
.fm-start circle { fill: var(--fm-arrow); }

@media (prefers-reduced-motion: no-preference) {
  .fm-box rect, .fm-head text { transition: fill 160ms, stroke 160ms; }
  [data-last='even'] > .fm-way { animation: fm-pulse-even 900ms ease-out 1; }
  [data-last='odd'] > .fm-way { animation: fm-pulse-odd 900ms ease-out 1; }
}
@keyframes fm-pulse-even { from { stroke-width: 8; stroke-opacity: 0.45; } }
@keyframes fm-pulse-odd { from { stroke-width: 8; stroke-opacity: 0.45; } }

.fm-cursor { fill: none; stroke: var(--fm-text); stroke-width: 2; stroke-dasharray: 2 3; visibility: hidden; }
.fm-chart-tree:focus ~ .fm-chart-stage .fm-cursor { visibility: visible; }
.fm-chart-tree:focus ~ .fm-chart-stage { box-shadow: inset 0 0 0 3px var(--fm-lit); }
.fm-chart-tree { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.fm-chart-foot { display: flex; align-items: center; justify-content: flex-end; border-top: 1px solid var(--fm-line); background: var(--fm-box); }
.fm-chart-tools { display: flex; flex: none; gap: 4px; padding: 4px 8px; }
.fm-chart-tools button { display: grid; place-items: center; width: 28px; height: 28px; padding: 0; border: 1px solid var(--fm-line); border-radius: 7px; background: var(--fm-tool); color: var(--fm-muted); cursor: pointer; }
.fm-chart-tools button:hover { color: var(--fm-text); border-color: var(--fm-arrow); }
.fm-chart-tools button:focus-visible { outline: 2px solid var(--fm-lit); outline-offset: 1px; }
.fm-chart-tools svg { width: 14px; height: 14px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; }

.fm-chart-details { flex: 1; min-width: 0; min-height: 50px; padding: 7px 12px 8px; font-size: 12px; line-height: 17px; }
.fm-chart-details p { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--fm-muted); }
.fm-chart-details strong { color: var(--fm-text); font-weight: 600; }
.fm-chart-details p:hover, .fm-chart-tree:focus ~ .fm-chart-foot p { white-space: normal; overflow-wrap: anywhere; }
@media (hover: none) {
  .fm-chart-details p { white-space: normal; overflow-wrap: anywhere; }
}

@media (pointer: coarse) {
  .fm-chart-tools button { width: 40px; height: 40px; }
}
`
