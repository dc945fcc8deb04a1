import { z } from 'zod'
import { refuseField } from '../../problems/refusal.ts'
import type { LabelPlanes } from './labels.ts'

/** JSON is read by people, and by clients without NumPy: more belongs in the `.npy`. */
const maxValues = 1_000_000

export const labelPlanesSchema = z
  .strictObject({
    width: z.int().describe('Of the masks'),
    height: z.int().describe('Of the masks'),
    planes: z.array(z.string()).describe('Their names, in order; of `masks` the names of the annotators'),
    dtype: z.string().describe('Type of the values in the `.npy`'),
    shape: z.tuple([z.int(), z.int(), z.int()]).describe('Planes, rows, columns'),
    match: z.enum(['names', 'shapes']).optional().describe('How labels were matched'),
    pixels: z
      .record(z.string(), z.record(z.string(), z.int()))
      .optional()
      .describe(
        'Of each plane of codes, by its name, how many pixels of the whole image have each code, whatever the region and the level',
      ),
    data: z.array(z.array(z.array(z.number()))).describe('The values of each plane, row by row'),
  })
  .meta({ id: 'LabelPlanes' })

/**
 * Planes as JSON.
 * @throws Refusal IMAGE_TOO_LARGE above a million values
 */
export function planesJson({
  names,
  planes,
  type,
  match,
  pixels,
  window,
  width,
  height,
}: LabelPlanes): z.output<typeof labelPlanesSchema> {
  const { columns, rows } = window
  const counted = pixels()
  if (planes.length * rows * columns > maxValues)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      '/options/planes',
      `The planes have ${planes.length * rows * columns} values; as JSON at most ${maxValues} are answered. Take the .npy, a region or a higher level.`,
    )
  return {
    width,
    height,
    planes: [...names],
    dtype: type.descr,
    shape: [planes.length, rows, columns],
    ...(match && { match }),
    ...(Object.keys(counted).length > 0 && { pixels: counted }),
    data: planes.map(({ values }) =>
      Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]),
    ),
  }
}
