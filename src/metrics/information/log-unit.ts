/** The base that entropies are given in. */
export type LogBase = 2 | 'e' | 10

/** The name of the unit, and how much of it one bit is. Normalised scores do not depend on it. */
export function logUnit(base: LogBase): {
  readonly name: 'bits' | 'nats' | 'hartleys'
  readonly perBit: number
} {
  if (base === 2) return { name: 'bits', perBit: 1 }
  if (base === 'e') return { name: 'nats', perBit: Math.LN2 }
  return { name: 'hartleys', perBit: Math.LN2 / Math.LN10 }
}
