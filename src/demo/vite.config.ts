import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { developmentPolicy, PAGE_POLICY } from './page-policy.ts'

/** Of what the development server puts into the page. */
const NONCE = 'development'

/** The pages bring their policy along, before anything that it speaks of. */
const pagePolicy = (policy: string): Plugin => ({
  name: 'page-policy',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
  ],
})

/** The field app: static files in `dist-app`, served from any folder of any host. */
export default defineConfig(({ command }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react(), pagePolicy(command === 'build' ? PAGE_POLICY : developmentPolicy(NONCE))],
  ...(command === 'serve' && { html: { cspNonce: NONCE } }),
  resolve: { conditions: ['fieldmesh-source', 'module', 'browser', 'development|production'] },
  build: {
    outDir: fileURLToPath(new URL('../../dist-app', import.meta.url)),
    emptyOutDir: true,
    // Inlined files would be data: addresses, which a strict content security policy refuses.
    assetsInlineLimit: 0,
    // Libraries change less often than the app: browsers keep them. All of it is loaded at once, to be there offline.
    rolldownOptions: {
      input: ['index.html', 'inspector.html'].map((page) => fileURLToPath(new URL(page, import.meta.url))),
      // What places the charts of the inspector is large, and loaded with the first of them.
      output: { codeSplitting: { groups: [{ name: 'libraries', test: /node_modules\/(?!elkjs)/ }] } },
    },
  },
}))
