import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

/** Builds the web client into `dist/web` and runs every test (see `docs/testing.md`). */
export default defineConfig({
  root: 'web',
  plugins: [solid()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    target: ['chrome109', 'firefox115', 'safari16'],
  },
  worker: { format: 'es' },
  test: {
    root: '.',
    environment: 'node',
    maxWorkers: 2,
    reporters: ['default', './tests/kit/reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          root: '.',
          include: ['{server,db,web,infra,tests}/**/*.test.ts'],
          exclude: ['tests/{contracts,faults,journeys}/**', '**/node_modules/**'],
          environment: 'node',
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'integration',
          root: '.',
          include: ['tests/{contracts,faults}/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/kit/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'journeys',
          root: '.',
          include: ['tests/journeys/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/kit/pages-setup.ts', 'tests/kit/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
