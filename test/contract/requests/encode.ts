import { pngOf } from '../../annotations/png.ts'
import type { Mask } from '../reading/mask.ts'
import type { Document, Side, Thing } from '../reading/side.ts'

/** How a mask of labels is sent. */
export type Encoding = 'rows' | 'npy' | 'png'

/** A side as the `Mask` of a JSON request. */
export async function encoded(side: Side, encoding: Encoding): Promise<object> {
  if (side.kind === 'document') return side.isPanoptic ? panoptic(side) : { format: 'coco', data: coco(side) }
  const { mask } = side
  if (encoding === 'npy') return { format: 'image', data: npy(mask) }
  if (encoding === 'png')
    return { format: 'image', data: base64(await pngOf(mask.width, mask.height, 1, mask.labels)) }
  return { format: 'labels', data: rows(mask) }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function rows({ width, height, depth, isVolume, labels }: Mask): number[][] | number[][][] {
  const slices = Array.from({ length: depth }, (_, z) =>
    Array.from({ length: height }, (_, y) =>
      labels.slice((z * height + y) * width, (z * height + y + 1) * width),
    ),
  )
  return isVolume ? slices : slices[0]
}

/** A `.npy` of unsigned 32-bit integers. */
function npy({ width, height, depth, isVolume, labels }: Mask): string {
  const shape = isVolume ? [depth, height, width] : [height, width]
  const header = `{'descr': '<u4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`
  const padded = `${header.padEnd(117)}\n`
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, padded.length, 0])
  return base64(Buffer.concat([magic, Buffer.from(padded), Buffer.from(Uint32Array.from(labels).buffer)]))
}

/** The names of the categories of all documents. */
const categories = [1, 2, 3].map((id) => ({ id, name: `kind ${id}` }))

function coco({ width, height, things, hasAttributes }: Document): object {
  return {
    images: [{ id: 1, width, height, file_name: 'a.png' }],
    categories,
    annotations: things.map((thing, index) => ({
      id: index + 1,
      image_id: 1,
      category_id: thing.category,
      segmentation: { size: [height, width], counts: runLengths(thing, width, height) },
      iscrowd: thing.isCrowd ? 1 : 0,
      ...(hasAttributes && { attributes: { occluded: false } }),
    })),
  }
}

/** COCO's run lengths: column by column, zeros first. */
function runLengths({ covers }: Thing, width: number, height: number): number[] {
  const counts = [0]
  let last = false
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) {
      const now = covers[y * width + x]
      if (now !== last) counts.push(0)
      counts[counts.length - 1]++
      last = now
    }
  return counts
}

/** A map of ids, 11 for the first segment, and what each of them is. */
async function panoptic({ width, height, things }: Document): Promise<object> {
  const ids = Array.from({ length: width * height }, (_, pixel) => {
    const index = things.findIndex(({ covers }) => covers[pixel])
    return index === -1 ? 0 : index + 11
  })
  const png = await pngOf(
    width,
    height,
    3,
    ids.flatMap((id) => [id, 0, 0]),
  )
  const segments_info = things.map(({ category, isCrowd }, index) => ({
    id: index + 11,
    category_id: category,
    iscrowd: isCrowd ? 1 : 0,
  }))
  return {
    format: 'coco_panoptic',
    data: { categories, annotations: [{ image_id: 1, file_name: 'a.png', segments_info }] },
    image_data: base64(png),
  }
}
