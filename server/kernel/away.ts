/** The driver's words for a connection that is lost or cannot be had, and the system's. */
const lost = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
])
/** No server behind the address, or no socket. */
const refused = new Set(['ECONNREFUSED', 'ENOENT'])
/** PostgreSQL's own: connection exceptions, ended by an operator, too many, idle for too long. */
const state = /^(08...|57P0[1-5]|53300|25P03)$/

/**
 * Whether an error says that the database was out of reach: what was sent may be done or not.
 * @param error as the driver threw it, or wrapped as a cause
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, syscall, cause } = (error ?? {}) as Record<string, unknown>
  if (typeof code === 'string') {
    if (lost.has(code) || state.test(code)) return true
    if (refused.has(code) && syscall === 'connect') return true
  }
  return cause !== undefined && isDatabaseAway(cause)
}
