import { expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

/** What other programs are written against: a name that disappears here breaks them. */
const SOURCES: Record<string, () => Promise<object>> = {
  '.': () => import('../src/index.ts'),
  './react': () => import('../src/react/index.ts'),
  './machines': () => import('../machines/index.ts'),
  './server': () => import('../src/signaling-server/index.ts'),
  './node': () => import('../src/node/index.ts'),
  './inspector': () => import('../src/inspector/index.ts'),
  './inspector/panel': () => import('../src/inspector/ui/index.ts'),
  './world': () => import('../src/world/index.ts'),
}
const NAMES: Record<string, string[]> = {
  '.': [
    'FAULT_CODES',
    'FieldmeshError',
    'LIMITS',
    'VectorClock',
    'createDeviceKeys',
    'createReplica',
    'createRoom',
    'createSyncEngine',
    'faultWords',
    'fingerprintOf',
    'isFaultCode',
    'isFingerprint',
    'openRoom',
  ],
  './react': [
    'SyncProvider',
    'useConflicts',
    'useEngineSelector',
    'useExplanations',
    'useMembers',
    'useOfflineSync',
    'useOutbox',
    'usePeers',
    'useRecord',
    'useRecords',
    'useSyncEngine',
    'useSyncStatus',
  ],
  './machines': [
    'MAX_ATTEMPTS',
    'TIMINGS',
    'port',
    'reassemblyLaws',
    'reassemblyMachine',
    'reassemblyView',
    'request',
    'signalingLaws',
    'signalingMachine',
    'signalingView',
    'syncEngineLaws',
    'syncEngineMachine',
    'syncEngineView',
    'syncMeshLaws',
    'syncMeshMachine',
    'syncMeshView',
    'syncPeerLaws',
    'syncPeerMachine',
    'syncPeerView',
  ],
  './server': ['SIGNALING_LIMITS', 'createMemoryBackplane', 'createSignalingServer'],
  './node': ['createFileDeviceKeys'],
  './inspector': [
    'activeStates',
    'connectInspector',
    'createFlightRecorder',
    'createRecorder',
    'createRecordingReader',
    'createRedactor',
    'describeMachine',
    'foldRecords',
    'mountInspector',
    'parseRecording',
    'redact',
    'redactedInspect',
    'serveInspector',
    'toMermaid',
    'transitionId',
  ],
  './inspector/panel': ['InspectorPanel', 'StateChart', 'mountPanel'],
  './world': [
    'ContractBroken',
    'WORLD_RULES',
    'WaitedTooLong',
    'checkStopped',
    'checkWorld',
    'clockContract',
    'createWorld',
    'cryptoContract',
    'journalContract',
    'keysContract',
    'leadershipContract',
    'linkContract',
    'pageContract',
    'pulseContract',
    'socketContract',
    'watchWorld',
  ],
}

test('every entry point of the package is listed here, and points at its source', () => {
  const entries = Object.keys(manifest.exports).filter((name) => name !== './package.json')
  expect(entries).toEqual(Object.keys(SOURCES))
})

test.each(Object.keys(SOURCES))('the values that %s exports', async (entry) => {
  const names = Object.keys((await SOURCES[entry]?.()) ?? {}).sort()
  expect(names).toEqual(NAMES[entry])
})
