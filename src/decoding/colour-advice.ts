import { vocColours } from './voc-colours.ts'

/** With more colours than this, nobody writes a map of them by hand. */
const maxColours = 64
const maxListed = 8
/** A refusal must not cost more than an answer. */
const maxPixels = 4_000_000
/** VOC has 20 classes beside the background, and void. */
const isVocClass = (index: number | undefined) => index !== undefined && (index <= 20 || index === 255)

/** What the colours of an undeclared mask look like, and which option may fit; sentences for a refusal. */
export function colourAdvice(samples: Uint8Array, channels: 3 | 4): string {
  const pixels = Math.min(samples.length / channels, maxPixels)
  const counts = coloursOf(samples.subarray(0, pixels * channels), channels)
  if (counts.size > maxColours)
    return `It has more than ${maxColours} colours, as files have whose colours are segment ids: for COCO panoptic and its kin set \`preset\` to "coco_panoptic".`
  const all = [...counts].sort(([a, n], [b, m]) => m - n || a - b)
  const names = all
    .slice(0, maxListed)
    .map(([colour, n]) => `${hexOf(colour)} (${((100 * n) / pixels).toFixed(1)} %)`)
  const more = all.length > maxListed ? ` and ${all.length - maxListed} more` : ''
  const voc = all.every(([colour]) => isVocClass(vocColours.get(colour)))
  return `Its colours: ${names.join(', ')}${more}.${voc ? ' They may be those of Pascal VOC: `preset` "voc".' : ''}`
}

/** Pixels of each colour, 0xRRGGBB, until there are too many colours to list. */
function coloursOf(samples: Uint8Array, channels: 3 | 4): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (let at = 0; at < samples.length && counts.size <= maxColours; at += channels) {
    const colour = (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2]
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return counts
}

const hexOf = (colour: number) => `#${colour.toString(16).padStart(6, '0')}`

/** The colour whose red, green and blue bytes start at `at`, as `#rrggbb`. */
export function hexColour(samples: Uint8Array, at: number): string {
  return hexOf((samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2])
}
