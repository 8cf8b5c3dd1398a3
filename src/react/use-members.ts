import { useMemo } from 'react'
import type { Members, MemberView } from '#engine/members.types'
import type { SyncEngine } from '#engine/types'
import { sameFields } from './same-items.ts'
import { useEngineSelector } from './use-engine-selector.ts'
import { useSyncEngine } from './use-sync-engine.ts'

/** Who belongs to the room, and what can be done about it: as `engine.members`, with the list as it is now. */
export interface RoomMembers extends Omit<Members, 'list'> {
  /** Devices by standing (waiting first), then name; the same array until something in it changed. */
  readonly list: readonly MemberView[]
  /** This device, as the room sees it; undefined until the engine has started for the first time. */
  readonly self: MemberView | undefined
}

const select = ({ members }: SyncEngine): Pick<RoomMembers, 'policy' | 'mayDecide' | 'list'> => ({
  policy: members.policy,
  mayDecide: members.mayDecide,
  list: members.list(),
})

/**
 * The devices of the room, who may decide about them, and the ways to admit and remove them. The same object until one
 * of the devices, or what this device may do, changed.
 *
 * @example
 * const { list, mayDecide, admit } = useMembers()
 * const waiting = list.filter(({ standing }) => standing === 'waiting')
 * return mayDecide && waiting.map(({ peerId, fingerprint }) => <Confirm key={peerId} digits={fingerprint} />)
 */
export const useMembers = (): RoomMembers => {
  const engine = useSyncEngine()
  const { policy, mayDecide, list } = useEngineSelector(engine, select, sameFields)
  return useMemo(
    () => ({
      policy,
      mayDecide,
      list,
      self: list.find(({ isSelf }) => isSelf),
      describe: (peerId, admitting) => engine.members.describe(peerId, admitting),
      admit: (peerId, admitting) => engine.members.admit(peerId, admitting),
      remove: (peerId, why) => engine.members.remove(peerId, why),
      rotateSecret: () => engine.members.rotateSecret(),
    }),
    [engine, policy, mayDecide, list],
  )
}
