import { spawn } from 'node:child_process'

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
  linux: ['xdg-open'],
}

/** True where somebody sits before a screen, as far as a program can tell. */
const hasScreen = (): boolean => {
  const { CI, DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.stdout.isTTY && !CI && (process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY))
}

/** Opens the address in the user's browser, if there is one. Never throws: the address is on the screen anyway. */
export const openBrowser = (url: string): void => {
  const [command, ...args] = OPENERS[process.platform] ?? []
  if (command === undefined || !hasScreen()) return
  spawn(command, [...args, url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}
