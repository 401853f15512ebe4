// Checks who imports whom, and that the checker read the modules at all: one that cannot parse
// TypeScript finds none and passes.
import { cruise } from 'dependency-cruiser'
import options from '../.dependency-cruiser.mjs'

const fewest = 150
const { output } = await cruise(['server', 'web', 'db', 'infra'], {
  ...options.options,
  validate: true,
  ruleSet: { forbidden: options.forbidden },
})
const { totalCruised, violations } = output.summary
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`)
if (totalCruised < fewest) console.error(`only ${totalCruised} modules were read, not ${fewest}`)
console.log(`${totalCruised} modules, ${violations.length} violations`)
process.exit(violations.length > 0 || totalCruised < fewest ? 1 : 0)
