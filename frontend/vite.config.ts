import { fileURLToPath } from 'node:url'

import vue from '@vitejs/plugin-vue'
import vuetify from 'vite-plugin-vuetify'
import { defineConfig } from 'vitest/config'

import { fileOf } from './build/chunks.ts'
import { compressedCopies, fontAtOnce, frenchSpaces, serviceWorkerList } from './build/plugins.ts'
import { shells } from './build/shell.ts'

// `npm run dev` serves the page and passes everything else to a running Recto (`make run`).
const server = process.env.RECTO_URL ?? `http://127.0.0.1:${process.env.RECTO_PORT ?? '8000'}`
const proxied = ['/api', '/media', '/iiif', '/health', '/static', '/manifest.webmanifest']

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')

export default defineConfig({
  plugins: [vue(), vuetify({ autoImport: true }), frenchSpaces(), fontAtOnce(), shells(root), serviceWorkerList(), compressedCopies()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    // vue-i18n: only its composition API; no devtools in the shipped page.
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
  },
  build: {
    outDir: 'dist',
    // A data: URI would need `data:` in the Content-Security-Policy for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      input: { index: fileURLToPath(new URL('./index.html', import.meta.url)), sw: fileURLToPath(new URL('./src/worker/sw.ts', import.meta.url)) },
      // A service worker rules over the folder it lies in.
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        codeSplitting: { groups: [{ debugName: 'fileOf', name: fileOf(root) }] },
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])),
  },
  test: {
    environment: 'jsdom',
    // One jsdom for each worker: making one takes seconds. Every spec mounts an app of its own.
    isolate: false,
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/testing/setup.ts'],
    server: { deps: { inline: ['vuetify'] } },
    css: false,
    testTimeout: 30_000,
    // What fails once on a busy machine and then holds is marked as retried, to be looked into.
    retry: 1,
    sequence: { shuffle: true },
    restoreMocks: true,
    // Vuetify is transformed anew for each file; two workers are as many as a small machine has cores.
    maxWorkers: 2,
  },
})
