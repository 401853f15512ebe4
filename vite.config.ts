import path from 'node:path'
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { compressed, pageTable } from './infra/pages-build.ts'
import LongestFirst from './tests/kit/sequencer.ts'

/** Small modules that the same pages use, in one file: a request costs a slow line more than they do. */
const together = (name: string, ...files: string[]) => ({
  name,
  test: new RegExp(`[\\/](${files.join('|')})[.](tsx?|js)$`),
})

/** Builds the web client into `dist/web` and runs every test (see `docs/testing.md`). */
export default defineConfig({
  root: 'web',
  plugins: [solid(), pageTable(path.resolve('web')), compressed()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    // The policy of our pages refuses fonts that are written into a style sheet.
    assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined),
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            // What every page is drawn with.
            together(
              'base',
              'solid-js/(web/)?dist/(solid|web)',
              'i18n/(i18n|format)',
              'kit/(button|icons|layout|page|status|toast)',
              'shell/(api|first-answers|later|live|page-failed|problem|session)',
            ),
            together(
              'live',
              'shell/(clock|create-live)',
              'portal/trade-item',
              'solid-js/store/dist/store',
            ),
            together(
              'page',
              'trade/(frame|tabs)',
              'kit/(copy-text|countdown|next-act|stage-rail|data-table|proof)',
              'shell/use-now',
            ),
            together('acts', 'trade/(use-act|subject)', 'shell/keep-focus'),
            together('keys', 'shell/(keys|key-file)'),
          ],
        },
      },
    },
    target: ['chrome109', 'firefox115', 'safari16'],
  },
  worker: { format: 'es' },
  test: {
    root: '.',
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
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
