import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright'
import { CHROMIUM_FLAGS } from '../../support/chromium-flags.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const FLAGS = [...CHROMIUM_FLAGS, '--disable-dev-shm-usage', '--remote-debugging-port=0', '--window-size=1280,900']

/** A tablet: one Chromium process with a profile of its own, which survives a kill. */
export interface Device {
  readonly name: string
  readonly page: Page
  /** Everything the page complained about. */
  readonly errors: string[]
  newTab(): Promise<Page>
  /** SIGSTOP of the whole browser: nothing of it runs, as in a machine that sleeps. */
  pause(): void
  /** SIGCONT: it goes on where it was, and its wall clock has moved. */
  resume(): void
  /** SIGKILL of the whole browser, at once. */
  kill(): Promise<void>
  close(): Promise<void>
}

const profiles = new Map<string, string>()
const running = new Set<Device>()

/** What is done to a page before the app is opened in it. */
export type Preparation = (page: Page) => Promise<void>

/** Starts (or, with the same name, restarts) a device and opens the app's address in it. */
export const openDevice = async (name: string, url: string, prepare?: Preparation): Promise<Device> => {
  const profile = profiles.get(name) ?? mkdtempSync(join(tmpdir(), `fieldmesh-${name}-`))
  profiles.set(name, profile)
  const child = spawn(EXECUTABLE, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Without the driver's own overrides: a page that is told to be in focus for ever can neither be hidden nor freeze.
  const browser = await chromium.connectOverCDP(await debuggingAddress(child), { noDefaults: true })
  const context = browser.contexts()[0] ?? (await browser.newContext())
  await context.addInitScript({ content: TRACK_LINKS })
  const errors: string[] = []
  const watch = (page: Page) => {
    page.on('pageerror', (error) => errors.push(String(error)))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    return page
  }
  const page = watch(context.pages()[0] ?? (await context.newPage()))
  await page.setViewportSize({ width: 1280, height: 900 })
  await prepare?.(page)
  await page.goto(url)
  const device: Device = {
    name,
    page,
    errors,
    newTab: async () => watch(await context.newPage()),
    pause: () => signalGroup(child, 'SIGSTOP'),
    resume: () => signalGroup(child, 'SIGCONT'),
    kill: () => end(device, child, browser),
    close: async () => {
      await browser.close().catch(() => undefined)
      await end(device, child, browser)
    },
  }
  running.add(device)
  return device
}

/** Ends every device and forgets their profiles. */
export const closeDevices = async (): Promise<void> => {
  await Promise.all([...running].map((device) => device.kill()))
  for (const profile of profiles.values())
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  profiles.clear()
}

const end = async (device: Device, child: ChildProcess, browser: Browser) => {
  if (!running.delete(device)) return
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
  try {
    signalGroup(child, 'SIGKILL')
  } catch {
    // gone already
  }
  await gone
  await browser.close().catch(() => undefined)
}

/** The browser was started as the leader of a process group of its own. */
const signalGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  process.kill(-(child.pid ?? Number.NaN), signal)
}

const debuggingAddress = async (child: ChildProcess): Promise<string> => {
  if (!child.stderr) throw new Error('Chromium has no stderr')
  const seen: string[] = []
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    seen.push(line)
    if (address) return drained(child, address)
  }
  throw new Error(`Chromium did not start:\n${seen.join('\n')}`)
}
const drained = (child: ChildProcess, address: string): string => {
  child.stderr?.resume()
  return address
}

/** Remembers the page's links, so that a test can close them under the app, and what became of each. */
const TRACK_LINKS = `
  const links = new Set(), states = [], Native = window.RTCPeerConnection
  let made = 0
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args)
      const number = made++
      links.add(this)
      this.addEventListener('connectionstatechange', () => states.push({ number, state: this.connectionState }))
    }
  }
  window.closeLinks = () => { for (const link of links) link.close(); links.clear() }
  window.linkTrack = () => ({
    made, states, open: [...links].filter(({ connectionState }) => connectionState !== 'closed').length,
  })
`

/** Closes every link of the device's page. Both ends are told within milliseconds; `cutNetwork` tells nobody. */
export const closeLinks = (device: Device): Promise<void> => device.page.evaluate('closeLinks()')

declare global {
  interface Window {
    linkTrack(): LinkTrack
  }
}

/** The RTCPeerConnections of a page since it was loaded. */
export interface LinkTrack {
  readonly made: number
  /** Those that are not closed. */
  readonly open: number
  /** Every change of `connectionState` that the page was told of, by the number of the connection, from 0. */
  readonly states: readonly { readonly number: number; readonly state: RTCPeerConnectionState }[]
}

/** What became of the RTCPeerConnections of the device's page. */
export const linkTrack = (device: Device): Promise<LinkTrack> => device.page.evaluate(() => window.linkTrack())
