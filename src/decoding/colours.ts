import type { LabelArray } from '../labels/label-map.ts'
import { Refusal } from '../problems/refusal.ts'
import { colourAdvice, hexColour } from './colour-advice.ts'
import { type ChannelName, type ColourReading, channelNames } from './read-options.ts'
import { vocColours } from './voc-colours.ts'

/** Pixel-interleaved samples of a colour image; a fourth channel is alpha and is not looked at here. */
export interface ColourSamples {
  readonly samples: Uint8Array | Uint16Array
  readonly channels: 3 | 4
  /** Names pixel `i` in a message. */
  readonly nameOf: (i: number) => string
}

export interface ColourLabels {
  readonly labels: LabelArray
  /** How colours became labels, as it appears in the encoding. */
  readonly coding: string
}

/**
 * Labels of a colour image under the declared reading. Without one, only an image whose three channels are equal
 * everywhere (a grey mask saved as RGB) has an answer.
 * @throws Refusal COLOR_ENCODING_REQUIRED, COLOR_NOT_IN_MAP, UNSUPPORTED_PIXEL_FORMAT (16-bit colours)
 */
export function labelsOfColours(image: ColourSamples, reading: ColourReading): ColourLabels {
  if (reading === 'reject') return { labels: equalChannels(image), coding: 'r=g=b' }
  const { samples, channels } = image
  if (isChannel(reading)) return { labels: oneChannel(image, channelNames.indexOf(reading)), coding: reading }
  if (samples instanceof Uint16Array)
    throw new Refusal(
      'UNSUPPORTED_PIXEL_FORMAT',
      '`color` reads colours of 8 bits a channel; this image has 16 bits. Save it as 8-bit RGB, or the labels as 16-bit grey.',
    )
  if (reading === 'rgb24') {
    const labels = new Uint32Array(samples.length / channels)
    for (let i = 0, at = 0; i < labels.length; i++, at += channels)
      labels[i] = samples[at] | (samples[at + 1] << 8) | (samples[at + 2] << 16)
    return { labels, coding: 'r+256g+65536b' }
  }
  if (reading === 'ade20k') {
    const labels = new Uint16Array(samples.length / channels)
    for (let i = 0, at = 0; i < labels.length; i++, at += channels)
      labels[i] = Math.floor(samples[at] / 10) * 256 + samples[at + 1]
    return { labels, coding: 'floor(r/10)*256+g' }
  }
  if (reading === 'voc') {
    return { labels: mappedColours(image, samples, vocColours, 'no colour of Pascal VOC'), coding: 'voc' }
  }
  return { labels: mappedColours(image, samples, reading, 'not in the map `color`'), coding: 'map' }
}

const isChannel = (reading: ColourReading): reading is ChannelName =>
  channelNames.some((name) => name === reading)

function oneChannel({ samples, channels }: ColourSamples, channel: number): Uint8Array | Uint16Array {
  if (channel >= channels) throw noAlpha()
  const labels = samples.slice(0, samples.length / channels)
  for (let i = 0, at = channel; i < labels.length; i++, at += channels) labels[i] = samples[at]
  return labels
}

export const noAlpha = (): Refusal =>
  new Refusal(
    'UNSUPPORTED_PIXEL_FORMAT',
    'The image has no alpha channel, which `channel` asks for.',
  ).advising('Leave `channel` out, or name one that the image has.')

function equalChannels({ samples, channels, nameOf }: ColourSamples): Uint8Array | Uint16Array {
  const pixels = samples.length / channels
  const labels = samples instanceof Uint8Array ? new Uint8Array(pixels) : new Uint16Array(pixels)
  for (let i = 0, at = 0; i < pixels; i++, at += channels) {
    const value = samples[at]
    if (samples[at + 1] !== value || samples[at + 2] !== value) {
      const colour = [value, samples[at + 1], samples[at + 2]].join(', ')
      throw samples instanceof Uint8Array
        ? new Refusal(
            'COLOR_ENCODING_REQUIRED',
            `The mask is in colour: ${nameOf(i)} is ${hexColour(samples, at)}. ${colourAdvice(samples, channels)} Set \`color\` to "rgb24" or to a map of the colours, or name a \`preset\`.`,
          )
        : new Refusal(
            'UNSUPPORTED_PIXEL_FORMAT',
            `The mask is in colours of 16 bits a channel: ${nameOf(i)} is (${colour}). If one channel holds the labels, as in SYNTHIA, name it in \`channel\`; else save the labels as 16-bit grey.`,
          ).advising(
            'Set `channel` to "red", "green" or "blue" if that channel holds the labels; else save them as 16-bit grey.',
          )
    }
    labels[i] = value
  }
  return labels
}

function mappedColours(
  { channels, nameOf }: ColourSamples,
  samples: Uint8Array,
  map: ReadonlyMap<number, number>,
  missing: string,
): LabelArray {
  const labels = labelArrayFor(map.values(), samples.length / channels)
  let previous = -1
  let label = 0
  for (let i = 0, at = 0; i < labels.length; i++, at += channels) {
    const colour = (samples[at] << 16) | (samples[at + 1] << 8) | samples[at + 2]
    if (colour !== previous) {
      const mapped = map.get(colour)
      if (mapped === undefined)
        throw new Refusal(
          'COLOR_NOT_IN_MAP',
          `The colour ${hexColour(samples, at)} of ${nameOf(i)} is ${missing}.`,
        )
      previous = colour
      label = mapped
    }
    labels[i] = label
  }
  return labels
}

/** An array of `length` of the smallest type that holds every one of the labels. */
export function labelArrayFor(
  labels: Iterable<number>,
  length: number,
): Uint8Array | Uint16Array | Uint32Array {
  let max = 0
  for (const label of labels) if (label > max) max = label
  if (max <= 0xff) return new Uint8Array(length)
  return max <= 0xffff ? new Uint16Array(length) : new Uint32Array(length)
}
