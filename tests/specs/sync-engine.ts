import { syncEngineLaws, syncEngineMachine, syncEngineView } from '../../machines/sync-engine/index.ts'
import { FieldmeshError } from '../../src/model/fault.ts'
import { specOf } from '../support/machine-spec.ts'

const opened = { room: 'room', peerId: 'm', epoch: 5, knownPeers: ['a', 'b'] }
const failed = { error: new FieldmeshError('storage-failed') }

export const spec = specOf<typeof syncEngineMachine>({
  machine: syncEngineMachine,
  inputs: [{ storeName: 'log', signalingUrl: 'wss://signal.example.org', seed: 7, maxDirectPeers: 20 }],
  samples: {
    'engine.retry': [{ type: 'engine.retry' }, { type: 'engine.retry', peerId: 'a' }],
    'engine.forget': [{ type: 'engine.forget', peerId: 'a' }],
    'engine.setSignaling': [{ type: 'engine.setSignaling', url: null }],
    'leadership.failed': [{ type: 'leadership.failed', fault: 'locks-missing' }],
    'storage.failed': [{ type: 'storage.failed', fault: 'storage-full' }],
    'page.woke': [{ type: 'page.woke', gapMs: 9_000 }],
    'xstate.done.actor.openStore': [{ type: 'xstate.done.actor.openStore', actorId: 'openStore', output: opened }],
    'xstate.error.actor.openStore': [{ type: 'xstate.error.actor.openStore', actorId: 'openStore', ...failed }],
    'xstate.error.actor.closeStore': [{ type: 'xstate.error.actor.closeStore', actorId: 'closeStore', ...failed }],
    'xstate.done.actor.mesh': [{ type: 'xstate.done.actor.mesh', actorId: 'mesh' }],
    'xstate.error.actor.mesh': [{ type: 'xstate.error.actor.mesh', actorId: 'mesh', error: 'a bug' }],
  },
  laws: syncEngineLaws,
  view: syncEngineView,
  rests: {
    'sync-engine.active.up.healthy': 'it runs until somebody stops it',
    'sync-engine.active.up.storageTroubled': 'only the storage, or whoever makes room on it, can mend that',
  },
  rarely: /^(engine\.stop|leadership\.|page\.leaving|xstate\.(done|error)\.actor\.mesh)/,
  identify: ({ context: { signalingUrl, fault, opened: store } }) => ({ signalingUrl, fault, store }),
})
