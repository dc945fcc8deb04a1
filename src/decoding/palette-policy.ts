import type { Warning } from '../labels/decoded-mask.ts'
import { Refusal } from '../problems.ts'
import { hexColour } from './hex-colour.ts'

/** What the indices of a palette image mean as labels. */
export interface PaletteReading {
  /** Label of each index; absent when the index is the label. */
  readonly lut?: Uint8Array
  /** `index` or `value`, as it appears in the encoding. */
  readonly reading: 'index' | 'value'
  readonly warnings: readonly Warning[]
}

/**
 * Decides whether a palette image's label is the index or the grey value of its colour.
 *
 * Editors write masks both ways: the index is the class (Pascal VOC), or an optimiser has turned a grey mask into
 * a palette whose colours are the labels. `auto` takes the index unless the second is as likely: all entries are
 * grey, the used ones are distinct, and a used one differs from its index. Then only the caller knows.
 *
 * @param palette three bytes an entry
 * @param used used[i] non-zero when index i occurs; 256 entries
 * @throws Refusal PALETTE_AMBIGUOUS (auto), COLOR_ENCODING_REQUIRED or CORRUPT (value, without a grey to read)
 */
export function readPaletteAs(
  choice: 'auto' | 'index' | 'value',
  palette: Uint8Array,
  used: Uint8Array,
): PaletteReading {
  const entries = palette.length / 3
  if (choice === 'value') return { lut: greyValues(palette, used), reading: 'value', warnings: [] }
  if (choice === 'auto') {
    const doubt = greyDoubt(palette, used)
    if (doubt !== undefined)
      throw new Refusal(
        'PALETTE_AMBIGUOUS',
        `All ${entries} colours of the palette are grey, and index ${doubt} has the grey value ${palette[3 * doubt]}: either may be the label. Set \`palette\` to "index" or "value".`,
      )
  }
  const beyond = used.findLastIndex((flag, index) => flag !== 0 && index >= entries)
  const warnings: Warning[] =
    beyond < 0
      ? []
      : [
          {
            code: 'PALETTE_INDEX_OUT_OF_RANGE',
            message: `Index ${beyond} is used as a label, but the palette has only ${entries} colours.`,
          },
        ]
  return { reading: 'index', warnings }
}

/** The first used index whose grey differs from it, if the image could as well mean its grey values. */
function greyDoubt(palette: Uint8Array, used: Uint8Array): number | undefined {
  const entries = palette.length / 3
  const seen = new Uint8Array(256)
  let doubt: number | undefined
  for (let index = 0; index < entries; index++) {
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
  for (let index = 0; index < 256; index++) {
    if (used[index] === 0) continue
    if (3 * index >= palette.length)
      throw new Refusal(
        'CORRUPT',
        `Index ${index} has no grey value: the palette has only ${palette.length / 3} colours.`,
      )
    if (!isGrey(palette, index))
      throw new Refusal(
        'COLOR_ENCODING_REQUIRED',
        `\`palette\` is "value", but index ${index} is ${hexColour(palette, 3 * index)}, not a grey. Set \`palette\` to "index", or \`color\` to a map of the colours.`,
      )
    lut[index] = palette[3 * index]
  }
  return lut
}

function isGrey(palette: Uint8Array, index: number): boolean {
  const at = 3 * index
  return palette[at] === palette[at + 1] && palette[at] === palette[at + 2]
}
