/** The panel of the inspector and the chart of any XState 5 machine, for apps that have React. */
export { StateChart } from '#chart/index'
export type { StateChartProps } from '#chart/index'
export { InspectorPanel, type InspectorPanelProps } from './inspector-panel.tsx'
export { mountPanel } from './mount-panel.tsx'
export type { PanelDevices, PanelSource } from './panel-devices.ts'
