import pino, { type Logger as Pino } from 'pino'

export type Logger = Pick<Pino, 'error' | 'warn' | 'info' | 'debug'>

/** Structured logs without parameters: what is logged names operations, never parties or addresses. */
export function makeLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
