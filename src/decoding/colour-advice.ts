import { hexColour } from './hex-colour.ts'
import { vocColours } from './voc-colours.ts'

/** Colours up to which a map of them can be written by hand. */
const manyColours = 64
const listed = 8
/** A refusal must not cost more than an answer. */
const mostPixels = 4_000_000
/** VOC has 20 classes beside the background, and void. */
const isVocClass = (index: number | undefined) => index !== undefined && (index <= 20 || index === 255)

/** What the colours of an undeclared mask look like, and which option may fit; sentences for a refusal. */
export function colourAdvice(samples: Uint8Array, channels: 3 | 4): string {
  const pixels = Math.min(samples.length / channels, mostPixels)
  const counts = coloursOf(samples.subarray(0, pixels * channels), channels)
  if (counts.size > manyColours)
    return `It has more than ${manyColours} colours, as files have whose colours are segment ids: for COCO panoptic and its kin set \`preset\` to "coco_panoptic".`
  const all = [...counts].sort(([a, n], [b, m]) => m - n || a - b)
  const names = all
    .slice(0, listed)
    .map(([colour, n]) => `${hexOf(colour)} (${((100 * n) / pixels).toFixed(1)} %)`)
  const more = all.length > listed ? ` and ${all.length - listed} more` : ''
  const voc = all.every(([colour]) => isVocClass(vocColours.get(colour)))
  return `Its colours: ${names.join(', ')}${more}.${voc ? ' They may be those of Pascal VOC: `preset` "voc".' : ''}`
}

/** Pixels of each colour, 0xRRGGBB, until there are too many colours to list. */
function coloursOf(samples: Uint8Array, channels: 3 | 4): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (let at = 0; at < samples.length && counts.size <= manyColours; at += channels) {
    const colour = (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2]
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return counts
}

const hexOf = (colour: number) => hexColour(Uint8Array.of(colour >> 16, colour >> 8, colour), 0)
