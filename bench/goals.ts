/** What decoding and counting a pair in process is meant to reach. */
interface DecodeGoal {
  /** Nanoseconds for a pixel of the pair, at most. */
  readonly nanoseconds?: number
  /** How many times as long sharp and counting take, at least. */
  readonly chain: number
}

const classes: DecodeGoal = { nanoseconds: 1.6, chain: 4 }
const unknown: DecodeGoal = { nanoseconds: 2.4, chain: 4 }

/** By pair. The real masks are images that nobody tuned on. */
export const decodeGoals: Readonly<Record<string, DecodeGoal>> = {
  b: classes,
  bcv: unknown,
  bpal: unknown,
  d: { chain: 3 },
  e: { chain: 1 },
  'real: bsds': unknown,
  'real: coins4096': { chain: 3 },
}

/** How many times as long as the kernels the others are meant to take at least. */
interface KernelGoal {
  readonly loop: number
  readonly bincount?: number
}

/** On noise the kernels may take 1.5 times as long as the loop, which is the best there is for it. */
export const kernelGoals: Readonly<Record<string, KernelGoal>> = {
  b: { loop: 5, bincount: 5 },
  c: { loop: 5 },
  e: { loop: 0.67 },
  'real: bsds': { loop: 5, bincount: 5 },
  'real: coins': { loop: 5 },
}
