// Finds a Chromium for the browser tests, or installs Debian's where this process may.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from './ground.mjs'

const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const find = () => PLACES.find((path) => path && existsSync(path))

const mayInstall = () => process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0

/** Path of a Chromium; ends the process with words on what to do if there is none. */
export const ensureChromium = () => {
  if (!find() && mayInstall()) {
    console.log('Installing Chromium (once) …')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  }
  const path = find()
  if (path) return path
  console.error(
    'The browser tests need Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  )
  process.exit(1)
}
