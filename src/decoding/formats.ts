import { z } from 'zod'
import { maskFormats } from './mask-formats.ts'
import { presetNames, presets } from './presets.ts'
import { readDefaults, readOptionsShape } from './read-options.ts'

type OptionKey = keyof typeof readDefaults

/** What GET /v1/formats answers: every mask format, how its labels are coded, and the options that decide. */
export const formatCatalogueSchema = z.strictObject({
  formats: z.array(
    z.strictObject({
      format: z.string(),
      description: z.string(),
      encodings: z.array(z.strictObject({ encoding: z.string(), label: z.string() })),
      options: z
        .record(z.string(), z.string())
        .describe('Options that matter to the format, with their defaults'),
      refused: z.array(z.string()).describe('What of the format is refused, with the code'),
    }),
  ),
  options: z.array(
    z.strictObject({ key: z.string(), default: z.string(), description: z.string(), example: z.string() }),
  ),
  presets: z.array(
    z.strictObject({
      preset: z.string(),
      description: z.string(),
      options: z.record(z.string(), z.string()),
      ignore_labels: z.array(z.int()),
      example: z.string(),
    }),
  ),
})

export type FormatCatalogue = z.infer<typeof formatCatalogueSchema>

const optionExamples: Readonly<Record<OptionKey, unknown>> = {
  color: { '#000000': 0, '#800000': 1 },
  channel: 'alpha',
  palette: 'index',
  grey_bits: 'sample',
  alpha: 'ignore',
  negative: 'keep',
  frame: 0,
  layer: 1,
  scaling: 'round',
}

export const formatCatalogue: FormatCatalogue = {
  formats: Object.entries(maskFormats).map(([format, { description, encodings, options, refused }]) => ({
    format,
    description,
    encodings: Object.entries(encodings).map(([encoding, label]) => ({ encoding, label })),
    options: Object.fromEntries(options.map((key) => [key, readDefaults[key]])),
    refused: [...refused],
  })),
  options: (Object.keys(readDefaults) as OptionKey[]).map((key) => ({
    key,
    default: readDefaults[key],
    description: readOptionsShape[key].description ?? '',
    example: JSON.stringify({ [key]: optionExamples[key] }),
  })),
  presets: presetNames.map((name) => {
    const { description, read, ignoreLabels, example } = presets[name]
    const { palette, greyBits, alpha, negative } = read
    // The codings that only a preset has are told by its description.
    const color = read.color === 'rgb24' ? read.color : undefined
    const channel = read.color === 'red' ? read.color : undefined
    const all = { color, channel, palette, grey_bits: greyBits, alpha, negative }
    return {
      preset: name,
      description,
      options: Object.fromEntries(Object.entries(all).filter((entry) => entry[1] !== undefined)) as Record<
        string,
        string
      >,
      ignore_labels: [...ignoreLabels],
      example,
    }
  }),
}
