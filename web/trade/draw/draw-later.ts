import { later } from '../../shell/later.tsx'

/** Parts of the draw that only its parties and those who are drawn act by. */
export const DrawForms = later(async () => (await import('./draw-forms.tsx')).DrawForms, 'drawing')
export const NonceAct = later(async () => (await import('./nonce-acts.tsx')).NonceAct, 'drawing')
export const CheckIn = later(async () => (await import('./check-in.tsx')).CheckIn, 'drawing')
export const CheckedIn = later(async () => (await import('./check-in.tsx')).CheckedIn, 'drawing')
export const OwnCall = later(async () => (await import('./own-call.tsx')).OwnCall, 'drawing')

/** What anyone loads who makes the steps again on his own device. */
export const RecomputedSteps = later(
  async () => (await import('./recomputed-steps.tsx')).RecomputedSteps,
  'recompute',
)
