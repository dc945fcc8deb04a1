import type { JsonNode } from '../../../json/json-node.ts'

/*
 * COCO's compressed counts. From the fourth run on, a run is written as its difference to the run two before
 * it. A number is cut into groups of 5 bits, the lowest first, in two's complement; a group's bit 32 says that
 * more follow; the character is the group + 48. The bits are put together by multiplication: shifts would end
 * at 31 bits.
 */

const firstCharacter = 48
const maxGroups = 10
const printedBytes = /^b(['"])(.*)\1$/s

/**
 * Calls `run` with each count, in order. The counts are integers; whether they make sense is the caller's.
 * Text that Python has printed as bytes (`b'…'`) is read without that: the alphabet has no quote.
 */
export function eachCount(source: string, node: JsonNode, run: (count: number) => void): void {
  const text = printedBytes.exec(source)?.[2].replaceAll('\\\\', '\\') ?? source
  let at = 0
  let previous = 0
  let beforePrevious = 0
  for (let index = 0; at < text.length; index++) {
    let value = 0
    let scale = 1
    let group = 0
    const start = at
    do {
      if (at === text.length) throw node.refuse('ends in the middle of a count')
      group = text.charCodeAt(at++) - firstCharacter
      if (group < 0 || group > 63)
        throw node.refuse(`has a character at ${at - 1} that is not one of COCO's ("0" to "o")`)
      if (at - start > maxGroups) throw node.refuse(`has a count at ${start} that no image reaches`)
      value += (group & 31) * scale
      scale *= 32
    } while (group & 32)
    if (group & 16) value -= scale
    if (index > 2) value += beforePrevious
    beforePrevious = previous
    previous = value
    run(value)
  }
}

/** The text of counts, as pycocotools writes it. */
export function writeCounts(counts: ArrayLike<number>): string {
  const bytes: number[] = []
  const parts: string[] = []
  for (let index = 0; index < counts.length; index++) {
    let rest = index > 2 ? counts[index] - counts[index - 2] : counts[index]
    let more = true
    while (more) {
      const next = Math.floor(rest / 32)
      const group = rest - next * 32
      rest = next
      more = group & 16 ? rest !== -1 : rest !== 0
      bytes.push(group + (more ? 32 : 0) + firstCharacter)
    }
    if (bytes.length > 4096) parts.push(String.fromCharCode(...bytes.splice(0)))
  }
  parts.push(String.fromCharCode(...bytes))
  return parts.join('')
}
