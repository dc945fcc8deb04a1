import { z } from 'zod'
import { Refusal } from '../problems/refusal.ts'
import { type PresetName, presetNames, presets, type Relabelling } from './presets.ts'

const label = z.int().min(0).max(0xffffffff)
const colourKey = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'a colour is written #rrggbb')

export const channelNames = ['red', 'green', 'blue', 'alpha'] as const
export type ChannelName = (typeof channelNames)[number]

/** The keys that say how a mask file is read, as the API spells them; spread into the options of a side. */
export const readOptionsShape = {
  color: z
    .union([z.literal('reject'), z.literal('rgb24'), z.record(colourKey, label)])
    .optional()
    .describe(
      'What a colour means: nothing (`"reject"`), the label R + 256 G + 65536 B (`"rgb24"`), or the label a map {"#rrggbb": label} gives it.',
    ),
  channel: z
    .union([z.enum(['all', ...channelNames]), z.int().min(0).max(65_535)])
    .optional()
    .describe(
      'The one channel of an image in colour that holds the labels: "red" in SYNTHIA, "alpha" in a cut-out; 0 to 3 count them in the order red, green, blue, alpha. Greys are the same in red, green and blue. Of a TIFF whose images are channels, as ImageJ and OME write them, the one to read, counted from 0.',
    ),
  palette: z
    .enum(['auto', 'index', 'value'])
    .optional()
    .describe(
      'What a palette pixel means: its index, or the grey value of its colour. `"auto"` refuses when in doubt.',
    ),
  grey_bits: z
    .enum(['expanded', 'sample'])
    .optional()
    .describe('What 1-, 2- and 4-bit grey means: the grey value 0..255, or the stored sample.'),
  alpha: z
    .enum(['opaque', 'ignore'])
    .optional()
    .describe('Whether every pixel must be opaque, or labels under transparent pixels count as well.'),
  negative: z
    .enum(['reject', 'keep'])
    .optional()
    .describe('Whether negative values are refused or are ordinary labels (int32).'),
  frame: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe(
      'The one point in time to read of a NIfTI, an NRRD or a TIFF that holds several, counted from 0.',
    ),
  layer: z
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe(
      'The one layer to read of an NRRD that holds several values for each voxel, as `.seg.nrrd` does where segments overlap; counted from 0.',
    ),
  scaling: z
    .enum(['exact', 'round', 'raw'])
    .optional()
    .describe(
      'What a scale in the file (`scl_slope` of NIfTI) makes of stored values: labels that must be integers exactly, the nearest integers (refused where one is off by more than 0.05, or two become the same), or nothing: the stored values are the labels.',
    ),
  preset: z
    .enum(presetNames)
    .optional()
    .describe('A well-known coding that supplies defaults for the other keys; GET /v1/formats lists all.'),
}

const readOptions = z.strictObject(readOptionsShape)
export type ReadOptions = z.infer<typeof readOptions>

/** What a colour means; the keys of a map are 0xRRGGBB. The codings of ADE20K and Pascal VOC come by their presets. */
export type ColourReading = 'reject' | 'rgb24' | 'ade20k' | 'voc' | ChannelName | ReadonlyMap<number, number>

/** The options with every default filled in: what the decoders read. */
export interface ReadSettings {
  readonly color: ColourReading
  readonly palette: 'auto' | 'index' | 'value'
  readonly greyBits: 'expanded' | 'sample'
  readonly alpha: 'opaque' | 'ignore'
  readonly negative: 'reject' | 'keep'
  /** The only one when absent. */
  readonly frame?: number
  readonly layer?: number
  /** The file is a probability map: where no frame or layer is named, all of them are its channels. */
  readonly isMap?: boolean
  /** The number of a channel, where images are channels. */
  readonly channelNumber?: number
  readonly scaling: 'exact' | 'round' | 'raw'
  /** How 16-bit values become classes; absent: the stored value is the label. */
  readonly relabelling?: Relabelling
}

/** What a key that is not given means. */
export const readDefaults = {
  color: 'reject',
  channel: 'all',
  palette: 'auto',
  grey_bits: 'expanded',
  alpha: 'opaque',
  negative: 'reject',
  frame: 'the only one',
  layer: 'the only one',
  scaling: 'exact',
} as const

/** The settings of plain options: an explicit key wins over its preset, a preset over the default. */
export function resolveReadOptions(options: ReadOptions): ReadSettings {
  const preset = options.preset === undefined ? undefined : presets[options.preset satisfies PresetName]
  return {
    color:
      channelReading(options) ?? colourReading(options.color) ?? preset?.read.color ?? readDefaults.color,
    palette: options.palette ?? preset?.read.palette ?? readDefaults.palette,
    greyBits: options.grey_bits ?? preset?.read.greyBits ?? readDefaults.grey_bits,
    alpha: options.alpha ?? preset?.read.alpha ?? readDefaults.alpha,
    negative: options.negative ?? preset?.read.negative ?? readDefaults.negative,
    ...(options.frame !== undefined && { frame: options.frame }),
    ...(options.layer !== undefined && { layer: options.layer }),
    ...(typeof options.channel === 'number' && { channelNumber: options.channel }),
    scaling: options.scaling ?? readDefaults.scaling,
    ...(preset?.relabelling === undefined ? {} : { relabelling: preset.relabelling }),
  }
}

/** @throws Refusal INVALID_OPTIONS when colours are read in another way, too */
function channelReading({ channel, color }: ReadOptions): ChannelName | undefined {
  if (channel === undefined || channel === 'all') return undefined
  if (color !== undefined)
    throw new Refusal(
      'INVALID_OPTIONS',
      'Both `channel` and `color` say what colours mean: leave one of them out.',
    )
  return typeof channel === 'number' ? channelNames[channel] : channel
}

function colourReading(color: ReadOptions['color']): ColourReading | undefined {
  if (color === undefined || typeof color === 'string') return color
  return new Map(Object.entries(color).map(([hex, label]) => [Number.parseInt(hex.slice(1), 16), label]))
}
