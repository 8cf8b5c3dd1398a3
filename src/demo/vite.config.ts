import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The field app: static files in `dist-app`, served from any folder of any host. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  plugins: [react()],
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
})
