import { refuseField } from '../../../problems/refusal.ts'
import type { RegionLabel } from '../../annotated-image.ts'

/** What colours (R · 65536 + G · 256 + B) mean, in the order of the grey values that mean the same. */
export type ColourLabels = ReadonlyMap<number, RegionLabel>

const voidColour = 0xe0e0c0
const voidValue = 255
const line = /^(.*):(\d{1,3}),(\d{1,3}),(\d{1,3}):[^:]*:[^:]*$/

/**
 * Pascal VOC's colours: the bits of the class are dealt out three at a time to R, G and B, from the highest bit
 * down. 0 is background, 255 (drawn as 224, 224, 192) is void.
 */
export function vocColours(): ColourLabels {
  const colours = new Map<number, RegionLabel>()
  for (let index = 0; index < voidValue; index++)
    colours.set(vocColour(index), index === 0 ? value(0, 'background') : { kind: 'category', id: index })
  return colours.set(voidColour, value(voidValue, 'void'))
}

/** The label map of CVAT's and Datumaro's exports: lines `name:r,g,b:parts:actions`. */
export function readLabelMap(text: string): ColourLabels {
  const colours = new Map<number, RegionLabel>()
  for (const row of text.split(/\r?\n/)) {
    if (row.trim() === '' || row.startsWith('#')) continue
    const found = line.exec(row)
    if (!found)
      throw refuseField('INVALID_ANNOTATION', '', `labelmap.txt has the line "${row.slice(0, 80)}".`)
    const [, name, r, g, b] = found
    if ([r, g, b].some((channel) => Number(channel) > 255))
      throw refuseField(
        'INVALID_ANNOTATION',
        '',
        `labelmap.txt has the colour ${r},${g},${b}; channels end at 255.`,
      )
    const colour = Number(r) * 65536 + Number(g) * 256 + Number(b)
    if (colours.has(colour))
      throw refuseField(
        'INVALID_ANNOTATION',
        '',
        `labelmap.txt gives the colour ${r},${g},${b} to two labels.`,
      )
    colours.set(colour, labelOf(name, colour))
  }
  return colours
}

function labelOf(name: string, colour: number): RegionLabel {
  if (name === 'background') return value(0, name)
  return colour === voidColour ? value(voidValue, name) : { kind: 'name', name }
}

function value(label: number, name: string): RegionLabel {
  return { kind: 'value', value: label, name }
}

function vocColour(index: number): number {
  let [r, g, b] = [0, 0, 0]
  for (let bit = 7, rest = index; rest > 0; bit--, rest >>= 3) {
    r |= (rest & 1) << bit
    g |= ((rest >> 1) & 1) << bit
    b |= ((rest >> 2) & 1) << bit
  }
  return r * 65536 + g * 256 + b
}
