import { commands } from 'vitest/browser'
import { type EventObject, fromCallback } from 'xstate'
import type { PresenceInput } from '#machines/ports'
import type { PageHarness, PageUnderTest } from '#contracts/page/page-harness'
import { real } from './real-until.ts'

/** Hands over facts in their places, whichever way they come. */
const inOrder = (tell: (fact: EventObject) => void) => {
  const early = new Map<number, EventObject>()
  let next = 0
  return (place: number, fact: EventObject): void => {
    if (place >= next) early.set(place, fact)
    for (let due = early.get(next); due; due = early.get(next)) {
      early.delete(next)
      next += 1
      tell(due)
    }
  }
}

/** Presence at work in the other page, heard of from this one. */
const remotePresence = (page: string, doing: (work: Promise<unknown>) => void) =>
  fromCallback<EventObject, PresenceInput>(({ sendBack }) => {
    const observer = crypto.randomUUID()
    const channel = new BroadcastChannel(observer)
    const hear = inOrder(sendBack)
    channel.onmessage = ({ data }: MessageEvent<{ readonly place: number; readonly fact: EventObject }>) =>
      hear(data.place, data.fact)
    doing(
      commands.observeOtherPage(page, observer, true).then((said) => {
        for (const [place, fact] of said.entries()) hear(place, fact)
      }),
    )
    return () => {
      // What it says until it has stopped still counts as said.
      doing(commands.observeOtherPage(page, observer, false).catch(() => undefined))
    }
  })

const open = async (): Promise<PageUnderTest> => {
  const name = crypto.randomUUID()
  await commands.openOtherPage(name, `${location.origin}/observed-page`)
  let doing: Promise<unknown> = Promise.resolve()
  const deed = (what: Parameters<typeof commands.toOtherPage>[1]) => () => commands.toOtherPage(name, what)
  return {
    presence: remotePresence(name, (work) => {
      doing = Promise.all([doing, work])
    }),
    settled: async () => {
      await doing
    },
    setOnline: (online) => commands.toOtherPage(name, online ? 'online' : 'offline'),
    leave: deed('leave'),
    dispose: async () => {
      await doing
      await commands.toOtherPage(name, 'dispose')
    },
  }
}

/**
 * The production presence in another page of the same Chromium, to which things are done over CDP. A page that
 * Playwright drives is never hidden, and only hidden pages can be frozen.
 */
export const chromiumPages: PageHarness = { open, until: real, powers: ['leave'] }
