import { z } from 'zod'

const byteUnits: Readonly<Record<string, number>> = { B: 1, KB: 2 ** 10, MB: 2 ** 20, GB: 2 ** 30 }
const timeUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 }

/** Bytes written as people write them: `64MB` (1 MB = 2^20 bytes), `1.5GB`, or a plain number of bytes. */
export const byteSize = (fallback: string) => quantity(byteUnits, 'B', fallback, 'a size such as 64MB')

/** Milliseconds written as a time: `30s`, `500ms`, `5min`. Only 0 goes without a unit. */
export const duration = (fallback: string) => quantity(timeUnits, undefined, fallback, 'a time such as 30s')

/** An integer; digits may be grouped: `16_000_000`. */
export const integer = (fallback: string, min: number, max: number) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const value = Number(text.replaceAll('_', ''))
      if (/^\d[\d_]*$/.test(text) && value >= min && value <= max) return value
      context.addIssue({ code: 'custom', message: `"${text}" is not an integer from ${min} to ${max}` })
      return z.NEVER
    })

function quantity(
  units: Readonly<Record<string, number>>,
  plain: string | undefined,
  fallback: string,
  expected: string,
) {
  return z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim())
      const unit = match && (match[2] || (Number(match[1]) === 0 ? Object.keys(units)[0] : plain))
      if (match && unit && Object.hasOwn(units, unit)) return Math.round(Number(match[1]) * units[unit])
      context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}` })
      return z.NEVER
    })
}
