/**
 * Who may import whom, by the fixed names of the house, so that a new room obeys unasked.
 * `infra/imports.mjs` runs it and also fails when it reads too few modules.
 */
const libraries = ['^server/formats/', '^server/log/', '^server/trust/', '^server/sealing/']
/** By their names alone, wherever they stand. */
const pureNames = [
  '/decider[.]ts$',
  '/rules[a-z-]*[.]ts$',
  '/problems[.]ts$',
  '/document[a-z-]*[.]ts$',
  '/limits-data[.]ts$',
  '/finding[.]ts$',
  // Types and folds that a decider is split into.
  '/(state|events|commands|guards)[.]ts$',
  '^server/acts/',
  '^server/archive/verify/',
]
const pure = [...pureNames, ...libraries]
/** Pure parts of the kernel. */
const pureKernel = [
  '^server/kernel/calendar[.]ts$',
  '^server/kernel/calendar-data[.]ts$',
  '^server/kernel/money[.]ts$',
  '^server/kernel/money-words[.]ts$',
  '^server/kernel/rational[.]ts$',
  '^server/kernel/hidden-marks[.]ts$',
  '^server/kernel/regions[.]ts$',
  '^server/kernel/decider[.]ts$',
  '^server/kernel/problem[.]ts$',
  '^server/kernel/uscc[.]ts$',
  '^server/kernel/viewer[.]ts$',
]
/** Arithmetic of the rooms, pure though its files have names of their own. */
const pureRooms = [
  '^server/evaluation/evaluation/(aggregate|benchmark|committee|corrections|deductions|explain|formulas|low-price|outcome|ranking|review|same-brand|score-rows)[.]ts$',
  '^server/experts/draw/(seed|recusal)[.]ts$',
]
const tests = ['[.]test[.]tsx?$', '[.]kit[.]ts$', '[.]node[.]ts$']
const slices =
  'identity|tendering|opening|experts|evaluation|award|auction|mall|supervision|service|archive'

export default {
  forbidden: [
    {
      name: 'formats-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^server/formats/' },
      to: { path: '^(server|db|web|infra|tests)/', pathNot: '^server/formats/' },
    },
    {
      name: 'libraries-import-formats-alone',
      severity: 'error',
      from: { path: '^server/(log|trust|sealing)/', pathNot: tests },
      to: { path: '^(server|db|web|infra|tests)/', pathNot: ['^server/formats/', '^server/$1/'] },
    },
    {
      name: 'pure-does-no-io',
      severity: 'error',
      from: { path: [...pure, ...pureKernel, ...pureRooms], pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kernel-knows-no-slice',
      severity: 'error',
      from: { path: '^server/kernel/', pathNot: tests },
      to: { path: ['^server/', '^web/', '^tests/'], pathNot: ['^server/kernel/', ...libraries] },
    },
    {
      name: 'slice-to-slice-by-pure-files-alone',
      severity: 'error',
      from: { path: `^server/(${slices})/`, pathNot: tests },
      to: {
        path: `^server/(${slices})/`,
        pathNot: ['^server/$1/', ...pure, ...pureRooms],
      },
    },
    {
      name: 'web-imports-pure-files-alone',
      severity: 'error',
      from: { path: '^web/', pathNot: tests },
      to: {
        path: '^(server|db|infra|tests)/',
        pathNot: [...pure, ...pureKernel, ...pureRooms],
      },
    },
    {
      name: 'workers-entry-reaches-nothing-that-workers-lack',
      severity: 'error',
      from: { path: '^server/cloudflare[.]ts$' },
      to: { path: ['^infra/', '^server/(node|start|cli)[.]ts$'], reachable: true },
    },
    {
      name: 'no-circles-in-libraries',
      severity: 'error',
      from: { path: libraries },
      to: { circular: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    exclude: { path: '^(node_modules|dist)/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
