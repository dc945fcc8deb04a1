import { z } from 'zod'
import { histogram } from '../labels/histogram.ts'
import { isVolume } from '../labels/label-map.ts'
import { binaryLabel, renameMap } from '../labels/rename-map.ts'
import type { ScoringContext } from './context.ts'
import { labelsSha256 } from './fingerprints.ts'
import { readMasks } from './masks/read-masks.ts'
import { warningSchema } from './report/report.ts'
import { geometrySchema, shownGeometry } from './report/shown-geometry.ts'
import { maskOptionsShape, sideOptionsSchema } from './request/options.ts'
import { parseOptions } from './request/parse-options.ts'
import type { ScoringRequest } from './request/request.ts'
import { maskHints } from './scores/mask-hints.ts'
import { StageClock } from './stage-clock.ts'

/** Rows of the histogram in an answer; `truncated` counts those left out. */
const maxRows = 100_000

export const inspectOptionsSchema = sideOptionsSchema
  .extend({
    binary: maskOptionsShape.binary,
    stack: maskOptionsShape.stack,
  })
  .meta({ id: 'InspectOptions' })

export const inspectionSchema = z
  .strictObject({
    width: z.int(),
    height: z.int(),
    depth: z.int().optional(),
    geometry: geometrySchema.optional(),
    format: z.string(),
    encoding: z.string().describe('How the file codes its samples, e.g. png-palette-index8'),
    labels: z.int().describe('Distinct labels'),
    min: z.int(),
    max: z.int(),
    histogram: z.array(z.tuple([z.int(), z.int()])).describe('[label, pixels], ascending by label'),
    truncated: z.int().optional(),
    names: z
      .record(z.string(), z.string())
      .optional()
      .describe('Names of the labels, where the format has names'),
    labels_sha256: z
      .string()
      .describe(
        'sha256 of the labels as little-endian uint32 (negative ones in two’s complement), row-major',
      ),
    warnings: z.array(warningSchema),
    hints: z.array(z.string()).describe('What the file looks like, and the option that may serve it better'),
  })
  .meta({ id: 'Inspection' })
export type Inspection = z.output<typeof inspectionSchema>

/** Reads one mask and describes what is in it. */
export async function inspect(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ inspection: Inspection; clock: StageClock }> {
  const clock = new StageClock()
  const input = request.mask('mask')
  const { binary, ...options } = parseOptions(inspectOptionsSchema, request.options)
  const toRead = [{ input, options, pointer: '/mask' }]
  const { masks, names, warnings } = await clock.run('decode', () => readMasks(toRead, context))
  const [mask] = masks
  const inspection = clock.run('count', () => {
    const map = binary ? renameMap(mask.map, binaryLabel) : mask.map
    const rows = histogram(map)
    return {
      width: map.width,
      height: map.height,
      ...(isVolume(map) && { depth: map.depth }),
      ...(mask.geometry && { geometry: shownGeometry(mask.geometry, map) }),
      format: mask.format,
      encoding: mask.encoding,
      labels: rows.length,
      min: rows[0][0],
      max: rows[rows.length - 1][0],
      histogram: rows.slice(0, maxRows),
      ...(rows.length > maxRows && { truncated: rows.length - maxRows }),
      ...(names.size > 0 && { names: Object.fromEntries(names) }),
      labels_sha256: labelsSha256(map),
      warnings: [...warnings, ...mask.warnings],
      hints: maskHints({
        encoding: mask.encoding,
        labels: rows.map(([label]) => label),
        preset: options.preset,
        greyBits: options.grey_bits,
        binary,
      }).map(({ message }) => message),
    }
  })
  return { inspection, clock }
}
