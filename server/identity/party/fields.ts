import { z } from 'zod'

/** Fields that several operations on parties take. */
export const roles = z
  .array(z.enum(['purchaser', 'agency', 'bidder', 'tradingCentre', 'regulator']))
  .min(1)
  .max(5)
export const name = z.string().trim().min(1).max(100)
export const region = z.string().regex(/^\d{6}$/)
