import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page is built into build/page; offices have no internet, so everything it needs is in there. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../build/page',
    emptyOutDir: true,
    target: 'chrome90',
    cssTarget: 'chrome90',
    // The preload polyfill is an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    // Data URLs would need `data:` in the policy for nothing.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        // 公示屏: a page of its own that needs little of the other.
        wall: join(import.meta.dirname, 'wall.html'),
      },
    },
  },
});
