import type { Warning } from '../labels/decoded-mask.ts'
import type { LabelArray } from '../labels/label-map.ts'
import { Refusal } from '../problems/refusal.ts'
import { hexColour } from './colour-advice.ts'
import { labelArrayFor, labelsOfColours } from './colours.ts'
import type { ReadSettings } from './read-options.ts'

/** What the indices of a palette image mean as labels. */
export interface PaletteReading {
  /** Label of each of the 256 indices (0 where an index does not occur); absent when the index is the label. */
  readonly lut?: LabelArray
  /** How a pixel became a label, as it appears in the encoding. */
  readonly coding: string
  readonly warnings: readonly Warning[]
}

/**
 * Decides whether a palette image's label is the index, the grey value of its colour, or what its colour means.
 *
 * Editors write masks both ways: the index is the class (Pascal VOC), or an optimiser has turned a grey mask into
 * a palette whose colours are the labels. `auto` takes the index unless the second is as likely: all entries are
 * grey, the used ones are distinct, and a used one differs from its index. Then only the caller knows. A declared
 * `color` says that colours carry the labels, so `auto` then reads the colours.
 *
 * @param palette three bytes an entry, at most 256 entries
 * @param used used[i] non-zero when index i occurs; 256 entries
 * @throws Refusal PALETTE_AMBIGUOUS, COLOR_ENCODING_REQUIRED, COLOR_NOT_IN_MAP, or CORRUPT when an index has no
 * colour and the colour is what counts
 */
export function readPalette(
  { palette: choice, color }: Pick<ReadSettings, 'palette' | 'color'>,
  palette: Uint8Array,
  used: Uint8Array,
): PaletteReading {
  if (choice === 'value') return { lut: greyValues(palette, used), coding: 'value', warnings: [] }
  if (choice === 'index') return indices(palette, used)
  if (color === 'ade20k')
    throw new Refusal(
      'PALETTE_AMBIGUOUS',
      'ADE20K has no palette files: the index may be a class, or an optimiser may have made the palette. Set `palette` to "index" if the index is the class.',
    )
  if (color !== 'reject') return colourLabels(palette, used, color)
  const doubt = greyDoubt(palette, used)
  if (doubt !== undefined)
    throw new Refusal(
      'PALETTE_AMBIGUOUS',
      `All ${palette.length / 3} colours of the palette are grey, and index ${doubt} has the grey value ${palette[3 * doubt]}: either may be the label. Set \`palette\` to "index" or "value".`,
    )
  return indices(palette, used)
}

function indices(palette: Uint8Array, used: Uint8Array): PaletteReading {
  const entries = palette.length / 3
  const beyond = used.findLastIndex((flag) => flag !== 0)
  const warnings =
    beyond < entries
      ? []
      : [
          {
            code: 'PALETTE_INDEX_OUT_OF_RANGE',
            message: `Index ${beyond} is used as a label, but the palette has only ${entries} colours. If it means void, name it in \`ignore_labels\`.`,
          },
        ]
  return { coding: 'index', warnings }
}

/** The first used index whose grey differs from it, if the image could as well mean its grey values. */
function greyDoubt(palette: Uint8Array, used: Uint8Array): number | undefined {
  const seen = new Uint8Array(256)
  let doubt: number | undefined
  for (let index = 0; 3 * index < palette.length; index++) {
    if (!isGrey(palette, index)) return undefined
    if (used[index] === 0) continue
    const value = palette[3 * index]
    if (seen[value]++ > 0) return undefined
    if (value !== index) doubt ??= index
  }
  return doubt
}

function greyValues(palette: Uint8Array, used: Uint8Array): Uint8Array {
  const lut = new Uint8Array(256)
  for (const index of colouredIndices(palette, used)) {
    if (!isGrey(palette, index))
      throw new Refusal(
        'COLOR_ENCODING_REQUIRED',
        `\`palette\` is "value", but index ${index} is ${hexColour(palette, 3 * index)}, not a grey. Set \`palette\` to "index", or \`color\` to a map of the colours.`,
      )
    lut[index] = palette[3 * index]
  }
  return lut
}

function colourLabels(palette: Uint8Array, used: Uint8Array, color: ReadSettings['color']): PaletteReading {
  const present = colouredIndices(palette, used)
  const samples = Uint8Array.from(present.flatMap((i) => [...palette.subarray(3 * i, 3 * i + 3)]))
  const { labels, coding } = labelsOfColours(
    { samples, channels: 3, nameOf: (i) => `palette index ${present[i]}` },
    color,
  )
  const lut = labelArrayFor(labels, 256)
  present.forEach((index, i) => {
    lut[index] = labels[i]
  })
  return { lut, coding, warnings: [] }
}

/** The indices that occur; refused when one of them has no colour. */
function colouredIndices(palette: Uint8Array, used: Uint8Array): number[] {
  const present = [...used.keys()].filter((index) => used[index] !== 0)
  const missing = present.find((index) => 3 * index >= palette.length)
  if (missing !== undefined)
    throw new Refusal(
      'CORRUPT',
      `Palette index ${missing} occurs but has no colour: the palette has only ${palette.length / 3}. Set \`palette\` to "index" to read the indices themselves.`,
    )
  return present
}

function isGrey(palette: Uint8Array, index: number): boolean {
  const at = 3 * index
  return palette[at] === palette[at + 1] && palette[at] === palette[at + 2]
}
