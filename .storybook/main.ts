import type { StorybookConfig } from '@storybook/react-vite'
import react from '@vitejs/plugin-react'
import { mergeConfig } from 'vite'

/** Works with no network: nothing is fetched from, or told to, anybody. */
const config: StorybookConfig = {
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.@(ts|tsx)'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/react-vite',
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  // The one for TypeScript needs TypeScript's own API, which version 7 does not have.
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: (base) =>
    mergeConfig(base, {
      base: './',
      plugins: [react()],
      optimizeDeps: {
        // Found only while stories run, they would make the page load again in the middle of a test.
        include: [
          'localforage',
          'xstate',
          'fflate',
          'valibot',
          '@noble/hashes/sha2.js',
          'qrcode',
          'papaparse',
          'react-dom/client',
          'elkjs/lib/elk-api.js',
          'elkjs/lib/elk.bundled.js',
          'elkjs/lib/elk-worker.min.js',
        ],
      },
      resolve: { conditions: ['fieldmesh-source', 'module', 'browser', 'development|production'] },
    }),
}

export default config
