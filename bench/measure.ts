import { performance } from 'node:perf_hooks'

/** Medians over the rounds, in milliseconds a call. */
export interface Timing {
  readonly wallMs: number
  /** CPU of the whole process, native threads included: what a shared machine disturbs least. */
  readonly cpuMs: number
}

export interface MeasureOptions {
  readonly rounds?: number
  /** Calls before the first round, for the compiler's tiers. */
  readonly warmUps?: number
  /** A round repeats a contestant until it has run at least this long. */
  readonly minMs?: number
}

/**
 * Times the contestants in turn, round after round, so that a machine that drifts disturbs all of them alike;
 * only ratios of one call's results mean anything.
 */
export async function interleavedMedians<Name extends string>(
  contestants: Readonly<Record<Name, () => unknown>>,
  { rounds = 7, warmUps = 3, minMs = 50 }: MeasureOptions = {},
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contestants) as Name[]
  const samples = new Map<Name, Timing[]>(names.map((name) => [name, []]))
  for (const name of names) for (let k = 0; k < warmUps; k++) await contestants[name]()
  for (let round = 0; round < rounds; round++)
    for (const name of names) samples.get(name)!.push(await timeOne(contestants[name], minMs))
  return Object.fromEntries(
    names.map((name) => {
      const timings = samples.get(name)!
      return [
        name,
        {
          wallMs: median(timings.map((timing) => timing.wallMs)),
          cpuMs: median(timings.map((timing) => timing.cpuMs)),
        },
      ]
    }),
  ) as Record<Name, Timing>
}

/** The middle value; of an even number of values the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

async function timeOne(contestant: () => unknown, minMs: number): Promise<Timing> {
  const cpuStart = process.cpuUsage()
  const start = performance.now()
  let calls = 0
  do {
    await contestant()
    calls++
  } while (performance.now() - start < minMs)
  const wallMs = (performance.now() - start) / calls
  const cpu = process.cpuUsage(cpuStart)
  return { wallMs, cpuMs: (cpu.user + cpu.system) / 1000 / calls }
}
