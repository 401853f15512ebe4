import { z } from 'zod'

/** Fields that several operations on parties take. */
export const roles = z
  .array(z.enum(['purchaser', 'agency', 'bidder', 'tradingCentre', 'regulator']))
  .min(1)
  .max(5)
/** A name that is read as it is written: no control, bidi or zero-width character in it. */
export const name = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u)
export const region = z.string().regex(/^\d{6}$/)
