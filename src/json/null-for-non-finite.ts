import { endOfString } from './end-of-string.ts'

/**
 * The text with `null` for every NaN and Infinity outside of its strings. Python writes these words for numbers that JSON
 * cannot have, such as the score of an empty mask; where a number is needed, null is refused in its place.
 */
export function nullForNonFinite(text: string): string {
  const parts: string[] = []
  for (let start = 0; start < text.length; ) {
    const quote = text.indexOf('"', start)
    const stop = quote < 0 ? text.length : quote
    parts.push(text.slice(start, stop).replace(nonFinite, 'null'))
    const end = quote < 0 ? stop : endOfString(text, quote) + 1
    // A string without an end is left to the parser.
    start = end > stop ? end : text.length
    parts.push(text.slice(stop, start))
  }
  return parts.join('')
}

const nonFinite = /(?<![\w.])-?(?:NaN|Infinity)(?![\w.])/g
