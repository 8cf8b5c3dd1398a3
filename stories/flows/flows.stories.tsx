import { flowStory } from '../stage/flow-story.tsx'
import { conflict } from './conflict.ts'
import { editAgainstDelete } from './edit-against-delete.ts'
import { firstMeeting } from './first-meeting.ts'
import { frozenTab } from './frozen-tab.ts'
import { linkCut } from './link-cut.ts'
import { serverLost } from './server-lost.ts'
import { slowImport } from './slow-import.ts'
import { twoTabs } from './two-tabs.ts'

export default { title: 'Flows', tags: ['!autodocs'] }

export const FirstMeeting = { ...flowStory(firstMeeting), name: 'First meeting' }
export const ServerLostAndFound = { ...flowStory(serverLost), name: 'Server lost and found' }
export const LinkCut = { ...flowStory(linkCut), name: 'Link cut, given up, tried again' }
export const SlowImport = { ...flowStory(slowImport), name: 'Import of 3,000 rows on a slow link' }
export const Conflict = { ...flowStory(conflict), name: 'Conflict made, shown, resolved' }
export const EditAgainstDelete = { ...flowStory(editAgainstDelete), name: 'Edit against delete' }
export const FrozenTab = { ...flowStory(frozenTab), name: 'Tab frozen and back' }
export const TwoTabs = { ...flowStory(twoTabs), name: 'Two tabs, one leader' }
