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
  ratio: { median: number; p10: number; p90: number } | null
  latencyMs: { p50: number; p99: number; max: number } | null
  rssBytes: number
  goal: string
  pass: boolean
}

export interface BenchOptions {
  readonly smoke: boolean
  readonly big: boolean
}

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
  max: round(Math.max(...values)),
})

export const round = (n: number) => Math.round(n * 1000) / 1000

/** Alternates product and limit, at least eight pairs, or two where only correctness is asked. */
export async function pairs(
  product: Slice,
  limit: Slice,
  { smoke }: BenchOptions,
): Promise<{
  product: number
  limit: number
  ratio: { median: number; p10: number; p90: number }
  latencies: number[]
  limitLatencies: number[]
}> {
  const count = smoke ? 2 : 8
  const ms = smoke ? 100 : 300
  const ratios: number[] = []
  const rates = { product: [] as number[], limit: [] as number[] }
  const latencies: number[] = []
  const limitLatencies: number[] = []
  await product(50)
  await limit(50)
  for (let i = 0; i < count; i++) {
    const order = i % 2 === 0 ? ['product', 'limit'] : ['limit', 'product']
    const rate: Record<string, number> = {}
    for (const which of order) {
      const slice = await (which === 'product' ? product : limit)(ms)
      rate[which] = slice.done / slice.seconds
      ;(which === 'product' ? latencies : limitLatencies).push(...(slice.latencies ?? []))
    }
    ratios.push(rate.product / rate.limit)
    rates.product.push(rate.product)
    rates.limit.push(rate.limit)
  }
  return {
    product: round(quantile(rates.product, 0.5)),
    limit: round(quantile(rates.limit, 0.5)),
    ratio: {
      median: round(quantile(ratios, 0.5)),
      p10: round(quantile(ratios, 0.1)),
      p90: round(quantile(ratios, 0.9)),
    },
    latencies,
    limitLatencies,
  }
}

/** Keeps `inFlight` calls going for about that long. */
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
          await call()
          latencies.push(performance.now() - at)
          done += 1
        }
      }),
    )
    return { done, seconds: (performance.now() - started) / 1000, latencies }
  }
}

/** One row of a bench; `ok` is false where a result was wrong, which fails the run. */
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
