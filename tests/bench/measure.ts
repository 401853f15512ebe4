/**
 * Machines differ and are noisy, so each figure is a ratio to a bare limit measured in the same run:
 * product and limit alternate in short slices, and the median of the paired ratios counts.
 */
export interface Row {
  case: string
  params: Record<string, unknown>
  unit: string
  limit: number | null
  product: number
  ratio: Spread | null
  latencyMs: { p50: number; p99: number; max: number } | null
  rssBytes: number
  goal: string
  pass: boolean
}

export interface Spread {
  readonly median: number
  readonly p10: number
  readonly p90: number
}

export interface BenchOptions {
  readonly smoke: boolean
  readonly big: boolean
}

/** The product answered wrongly: the run fails, whatever its speed. */
export class WrongResult extends Error {}

/** A slice of work: runs for about that long, answers how much was done. */
export type Slice = (ms: number) => Promise<{ done: number; seconds: number; latencies?: number[] }>

export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low)
}

export const latencyOf = (values: readonly number[]) => ({
  p50: round(quantile(values, 0.5)),
  p99: round(quantile(values, 0.99)),
  max: round(values.reduce((a, b) => Math.max(a, b), 0)),
})

export const spreadOf = (values: readonly number[]): Spread => ({
  median: round(quantile(values, 0.5)),
  p10: round(quantile(values, 0.1)),
  p90: round(quantile(values, 0.9)),
})

export const round = (n: number) => Math.round(n * 1000) / 1000

/** Alternates product and limit, at least eight pairs, or two where only correctness is asked. */
export async function pairs(
  product: Slice,
  limit: Slice,
  { smoke }: Pick<BenchOptions, 'smoke'>,
  full = 8,
): Promise<{
  product: number
  limit: number
  ratio: Spread
  latencies: number[]
  limitLatencies: number[]
  /** Of the latencies of each pair, product to limit: medians and tails. */
  medians: Spread
  tails: Spread
}> {
  const count = smoke ? 2 : full
  const ms = smoke ? 100 : 300
  const ratios: number[] = []
  const medians: number[] = []
  const tails: number[] = []
  const rates = { product: [] as number[], limit: [] as number[] }
  const latencies: number[] = []
  const limitLatencies: number[] = []
  await product(50)
  await limit(50)
  for (let i = 0; i < count; i++) {
    const order = i % 2 === 0 ? ['product', 'limit'] : ['limit', 'product']
    const rate: Record<string, number> = {}
    const times: Record<string, readonly number[]> = {}
    for (const which of order) {
      const slice = await (which === 'product' ? product : limit)(ms)
      rate[which] = slice.done / slice.seconds
      times[which] = slice.latencies ?? []
      for (const ms of times[which]) (which === 'product' ? latencies : limitLatencies).push(ms)
    }
    ratios.push(rate.product / rate.limit)
    const at = (q: number) => quantile(times.product, q) / quantile(times.limit, q)
    medians.push(at(0.5))
    tails.push(at(0.99))
    rates.product.push(rate.product)
    rates.limit.push(rate.limit)
  }
  return {
    product: round(quantile(rates.product, 0.5)),
    limit: round(quantile(rates.limit, 0.5)),
    ratio: spreadOf(ratios),
    latencies,
    limitLatencies,
    medians: spreadOf(medians),
    tails: spreadOf(tails),
  }
}

/** Keeps `inFlight` calls going for about that long, or until one finds nothing left to do: false. */
export function inFlight(n: number, call: () => Promise<unknown>): Slice {
  return async (ms) => {
    const started = performance.now()
    const end = started + ms
    const latencies: number[] = []
    let done = 0
    await Promise.all(
      Array.from({ length: n }, async () => {
        while (performance.now() < end) {
          const at = performance.now()
          if ((await call()) === false) return
          latencies.push(performance.now() - at)
          done += 1
        }
      }),
    )
    return { done, seconds: (performance.now() - started) / 1000, latencies }
  }
}

/** One row of a bench: `pass` tells whether the goal was met; a wrong result throws instead. */
export function row(
  name: string,
  params: Record<string, unknown>,
  unit: string,
  measured: {
    product: number
    limit?: number | null
    ratio?: Row['ratio']
    latencies?: readonly number[]
  },
  goal: string,
  pass: boolean,
): Row {
  return {
    case: name,
    params,
    unit,
    limit: measured.limit ?? null,
    product: round(measured.product),
    ratio: measured.ratio ?? null,
    latencyMs: measured.latencies?.length ? latencyOf(measured.latencies) : null,
    rssBytes: process.memoryUsage().rss,
    goal,
    pass,
  }
}
