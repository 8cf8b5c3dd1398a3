import { existsSync } from 'node:fs'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { pageCommands } from './tests/contracts/support/page-commands.ts'
import { serverCommands } from './tests/contracts/support/server-commands.ts'
import { CHROMIUM_FLAGS } from './tests/support/chromium-flags.ts'

const executablePath = process.env['CHROMIUM'] ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined)
const chromium = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  commands: { ...serverCommands, ...pageCommands },
  provider: playwright({
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: CHROMIUM_FLAGS,
    },
  }),
  instances: [{ browser: 'chromium' as const }],
}
const conditions = ['fieldmesh-source']
const source = {
  resolve: { conditions: [...conditions, 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: [...conditions, 'module', 'node', 'development|production'] } },
}

/** Unit, property and generated tests run in Node; *.spec.ts in a real Chromium; tests/e2e in two of them. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        ...source,
        test: {
          name: 'node',
          maxWorkers: 2,
          environment: 'node',
          // They give way to the browsers that run beside them, so a minute may pass in which they hardly run.
          testTimeout: 120_000,
          include: ['{src,machines,tests}/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**'],
        },
      },
      {
        ...source,
        plugins: [react()],
        optimizeDeps: {
          include: [
            'localforage',
            'react',
            'react-dom/client',
            'xstate',
            'fflate',
            'valibot',
            '@noble/hashes/sha2.js',
            'elkjs/lib/elk-api.js',
            'elkjs/lib/elk.bundled.js',
            'elkjs/lib/elk-worker.min.js',
          ],
        },
        test: { name: 'browser', include: ['{src,tests}/**/*.spec.{ts,tsx}'], browser: chromium },
      },
      {
        // Every story is a test: it renders, its play function passes, and nothing in it breaks accessibility.
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: { name: 'stories', maxWorkers: 2, testTimeout: 240_000, browser: chromium },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/*.test.ts'],
          // They mostly wait, each for browsers of its own.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          // Faults that last minutes of real time: these mostly wait, and run beside everything else.
          name: 'long',
          environment: 'node',
          include: ['tests/e2e/long/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 480_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
