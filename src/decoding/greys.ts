import type { LabelArray } from '../labels/label-map.ts'
import { Refusal } from '../problems/refusal.ts'
import { labelsOfColours } from './colours.ts'
import { lookedUp, usedValues } from './lookup.ts'
import type { ReadSettings } from './read-options.ts'

export interface GreyLabels {
  readonly labels: LabelArray
  /** What follows the sample type in the encoding: nothing when the stored sample is the label. */
  readonly suffix: string
}

/**
 * Labels of grey samples of 1, 2, 4 or 8 bits, given as the grey values 0..255 they stand for.
 * A map of colours holds for greys too: #808080 is the grey 128. Every other reading of colours leaves greys alone.
 * @throws Refusal COLOR_NOT_IN_MAP
 */
export function labelsOfGreys(
  values: Uint8Array,
  bits: number,
  { color, greyBits }: Pick<ReadSettings, 'color' | 'greyBits'>,
): GreyLabels {
  if (typeof color !== 'string') return { labels: lookedUp(values, greyTable(values, color)), suffix: ':map' }
  if (bits === 8) return { labels: values, suffix: '' }
  return greyBits === 'sample'
    ? { labels: samplesOf(values, bits), suffix: '' }
    : { labels: values, suffix: '-expanded' }
}

/**
 * Refuses a map, which describes colours of 8 bits, for a file that has none.
 * @param holds what the file has instead
 * @throws Refusal UNSUPPORTED_PIXEL_FORMAT
 */
export function refuseMap({ color }: Pick<ReadSettings, 'color'>, holds: string): void {
  if (typeof color === 'string') return
  throw new Refusal(
    'UNSUPPORTED_PIXEL_FORMAT',
    `\`color\` maps colours of 8 bits a channel; this file holds ${holds}. Leave \`color\` out to read its values as labels.`,
  )
}

/** The stored samples behind grey values; the values are exact multiples, so the high bits are the sample. */
export function samplesOf(values: Uint8Array, bits: number): Uint8Array {
  if (bits === 8) return values
  const samples = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) samples[i] = values[i] >> (8 - bits)
  return samples
}

function greyTable(values: Uint8Array, map: ReadonlyMap<number, number>): LabelArray {
  const used = usedValues(values)
  const present = [...used.keys()].filter((value) => used[value] !== 0)
  const samples = Uint8Array.from(present.flatMap((value) => [value, value, value]))
  const { labels } = labelsOfColours({ samples, channels: 3, nameOf: (i) => `grey value ${present[i]}` }, map)
  const lut = new Uint32Array(256)
  present.forEach((value, i) => {
    lut[value] = labels[i]
  })
  return lut
}
