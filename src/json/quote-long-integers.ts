import { endOfString } from './end-of-string.ts'

/**
 * The JSON text with every integer beyond ±(2^53 − 1) put into quotes, so that it keeps all its digits when it is
 * parsed: as numbers, ids of 17 and more digits would fall together. The text must be JSON.
 */
export function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let start = 0
  while (start < text.length) {
    const quote = text.indexOf('"', start)
    const stop = quote < 0 ? text.length : quote
    parts.push(text.slice(start, stop).replace(longInteger, quoteUnlessSafe))
    start = quote < 0 ? stop : endOfString(text, quote) + 1
    parts.push(text.slice(stop, start))
  }
  return parts.join('')
}

/** An integer of 16 digits or more that is no part of a fraction or of a power of ten. */
const longInteger = /(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

const quoteUnlessSafe = (digits: string): string =>
  Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`
