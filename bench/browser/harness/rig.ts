import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright'
import { startProgram, stopPrograms } from '../../../tests/e2e/support/server.ts'
import type { SystemOptions } from '../page/system.ts'
import { type BenchBrowser, openBrowser } from './browser.ts'
import { buildPages } from './build-pages.ts'
import { serveFolder } from './serve-folder.ts'
import { startYjsSignaling } from './yjs-signaling.ts'

/** Two Chromium processes, the real signaling server in a third, and pages of ours in them. */
export interface Rig {
  readonly signaling: string
  /** A fresh room, and a fresh page in each of the two processes; the pages of the round before are closed. */
  fresh(): Promise<Round>
  /** So many rooms with two fresh pages each, for systems that are measured at the same time. */
  sideBySide(count: number): Promise<Round[]>
  /** More pages in one of the two processes. */
  newPage(side: 0 | 1): Promise<Page>
  close(): Promise<void>
}

export interface Round {
  readonly room: string
  /** `a` has something, `b` gets it. */
  readonly a: Page
  readonly b: Page
  readonly optionsOf: (self: string) => SystemOptions
}

export const openRig = async (): Promise<Rig> => {
  const pages = await buildPages()
  const site = await serveFolder(pages.folder)
  const server = await startProgram('signal')
  const yjs = await startYjsSignaling()
  const browsers: readonly [BenchBrowser, BenchBrowser] = [openBrowser(site.url), openBrowser(site.url)]
  const signaling = `ws://127.0.0.1:${server.port}`
  const openRound = async (): Promise<Round> => {
    const [a, b] = await Promise.all([browsers[0].newPage(), browsers[1].newPage()])
    const room = randomUUID()
    const optionsOf = (self: string) => ({ signaling, yjsSignaling: yjs.url, room, self: `${self}-${room}` })
    return { room, a, b, optionsOf }
  }
  const clear = () => Promise.all(browsers.map((browser) => browser.clear()))
  return {
    signaling,
    fresh: async () => {
      await clear()
      return openRound()
    },
    sideBySide: async (count) => {
      await clear()
      const rounds: Round[] = []
      while (rounds.length < count) rounds.push(await openRound())
      return rounds
    },
    newPage: (side) => browsers[side].newPage(),
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close()))
      await Promise.all([yjs.close(), site.close(), stopPrograms(), pages.remove()])
    },
  }
}

/** Opens a rig for some work and closes it whatever happens. */
export const withRig = async (work: (rig: Rig) => Promise<void>): Promise<void> => {
  const rig = await openRig()
  try {
    await work(rig)
  } finally {
    await rig.close()
  }
}
