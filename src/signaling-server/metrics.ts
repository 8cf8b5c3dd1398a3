import type { SignalingErrorCode } from '#wire/signaling'

/** Everything a server refuses: codes of the protocol, and three that come before or below it. */
export type RefusalCode = SignalingErrorCode | 'bad-handshake' | 'slow-consumer' | 'internal'

/** Counts only: never an id, an address or content. */
export interface Metrics {
  connections: number
  relayed: number
  bytesIn: number
  bytesOut: number
  readonly refusals: Map<RefusalCode, number>
  refused(code: RefusalCode): void
}

export const createMetrics = (): Metrics => {
  const refusals = new Map<RefusalCode, number>()
  return {
    connections: 0,
    relayed: 0,
    bytesIn: 0,
    bytesOut: 0,
    refusals,
    refused: (code) => void refusals.set(code, (refusals.get(code) ?? 0) + 1),
  }
}

const family = (
  name: string,
  type: 'gauge' | 'counter',
  help: string,
  samples: readonly (readonly [string, number])[],
) =>
  [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(([labels, value]) => `${name}${labels} ${value}`),
  ].join('\n')

/** The counts in Prometheus text format 0.0.4. */
export const formatMetrics = (metrics: Metrics, rooms: number): string => {
  const refusals = [...metrics.refusals].map(([code, value]) => [`{code="${code}"}`, value] as const)
  const bytes = [
    ['{direction="in"}', metrics.bytesIn],
    ['{direction="out"}', metrics.bytesOut],
  ] as const
  return `${[
    family('fieldmesh_signaling_connections', 'gauge', 'Open WebSocket connections.', [['', metrics.connections]]),
    family('fieldmesh_signaling_rooms', 'gauge', 'Rooms with a device on this node.', [['', rooms]]),
    family('fieldmesh_signaling_relayed_total', 'counter', 'Signals carried to a device.', [['', metrics.relayed]]),
    family('fieldmesh_signaling_refusals_total', 'counter', 'Refusals by code.', refusals),
    family('fieldmesh_signaling_bytes_total', 'counter', 'Bytes of frames.', bytes),
  ].join('\n')}\n`
}
