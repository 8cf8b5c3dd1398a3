import { describe } from 'vitest'
import { createLeadership } from '#adapters/storage/leadership'
import { leadershipContract } from '#contracts/leadership/leadership-contract'
import type { LeadershipHarness } from '#contracts/leadership/leadership-harness'
import { keep } from './support/keep.ts'
import { real } from './support/real-until.ts'

/** A page of its own, with a lock manager of its own, that goes when its frame does. */
const open: LeadershipHarness['open'] = async () => {
  const frame = document.createElement('iframe')
  frame.srcdoc = '<p>another tab</p>'
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  await loaded
  const locks = frame.contentWindow?.navigator.locks
  return { leadership: createLeadership({ locks }), close: () => frame.remove() }
}

describe('leadership by the Web Locks of Chromium', () => {
  keep(leadershipContract({ open, until: real, powers: ['others', 'close'] }))
})
