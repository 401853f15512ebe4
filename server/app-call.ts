import type { Call, Operation } from './kernel/operation.ts'
import type { Platform } from './platform.ts'
import type { Trade } from './trade.ts'

/** What an operation of the platform is given with each call. */
export type AppCall = Call<Platform, Trade | null>
/** An operation of the platform: address, forms, what it does. */
export type AppOperation = Operation<Platform, Trade | null>
