/** The panel of the inspector, for apps that have React. */
export { InspectorPanel, type InspectorPanelProps } from './inspector-panel.tsx'
export { mountPanel } from './mount-panel.tsx'
export type { PanelDevices, PanelSource } from './panel-devices.ts'
