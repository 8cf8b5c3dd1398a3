import type { FlowStep } from '../stage/flow.types.ts'
import type { Stage } from '../stage/stage.types.ts'
import { conflicts, peer, reading, records, switchOn } from './deeds.ts'

/** How the flows of two opinions begin: two people have the same reading. */
export const sameReading = (sees: NonNullable<FlowStep['sees']>): FlowStep => ({
  says: 'Anna and Ben have the same reading.',
  deed: async (stage) => {
    await switchOn(stage)
    await stage.engine('a').put('reading', 'meter-1', reading('E-004711', 812, 'Harbor Street 3'))
  },
  until: (stage) => stage.world.isQuiet() && records(stage, 'b').length === 1,
  sees,
})

/** The two part, and each does something that the other does not know of. */
export const outOfReach = (
  says: string,
  deeds: (stage: Stage) => readonly Promise<unknown>[],
  sees: NonNullable<FlowStep['sees']>,
): FlowStep => ({
  says,
  deed: async (stage) => {
    stage.world.network.partition(['a'], ['b'])
    await Promise.all(deeds(stage))
  },
  until: (stage) => peer(stage, 'a', 'b')?.state !== 'connected' && peer(stage, 'b', 'a')?.state !== 'connected',
  sees,
})

/** They meet again, and both are told of the conflict. */
export const meetAgain = (says: string, sees: NonNullable<FlowStep['sees']>): FlowStep => ({
  says,
  deed: ({ world }) => world.network.healAll(),
  until: (stage) => conflicts(stage, 'a') === 1 && conflicts(stage, 'b') === 1,
  sees,
})
