import type { Warning } from '../../labels/decoded-mask.ts'
import { Refusal } from '../../problems/refusal.ts'
import { blocksOf, uncompressed } from './blocks.ts'
import type { TiffFile } from './directory.ts'
import type { ImageAxes } from './image-axes.ts'
import type { TiffPage } from './page.ts'
import { tags } from './tags.ts'

/** How many images of one directory the file holds, and the bytes from one to the next. */
export interface DirectoryStack {
  readonly images: number
  readonly stride: number
  readonly warnings: readonly Warning[]
}

/**
 * The images that follow the one of the only directory: ImageJ, tifffile and MetaMorph write stacks so, one image
 * behind the other and nothing compressed.
 *
 * A description may be older than the file: a slice that was saved by itself keeps the words of its stack. So they count
 * only where there is room for what they promise; else the page is read alone, and a warning says so.
 * @throws Refusal TRUNCATED when there are several images, but fewer than described
 */
export function directoryStack(file: TiffFile, page: TiffPage, { writer, count }: ImageAxes): DirectoryStack {
  const blocks = [...blocksOf(file, page)]
  const stride = blocks.reduce((sum, { minBytes }) => sum + minBytes, 0)
  const { start } = blocks[0]
  const whole = blocks.every(
    ({ start: next }, i) => i === 0 || next === blocks[i - 1].start + blocks[i - 1].minBytes,
  )
  // No image reaches into what describes it, or past the end of the file.
  const { at, entries } = page.directory
  const others = [at, entries.get(tags.imageDescription)?.valuesAt ?? 0].filter((place) => place > start)
  const held = Math.floor((Math.min(file.length, ...others) - start) / stride)
  if (page.compression !== uncompressed || !whole || held < 2)
    return {
      images: 1,
      stride,
      warnings: [
        {
          code: 'IMAGES_MISSING',
          message: `By its description (${writer}) the TIFF holds ${count} images, but there is only one; it was read alone. If the others belong to the mask, save the stack anew.`,
        },
      ],
    }
  if (held < count)
    throw new Refusal(
      'TRUNCATED',
      `By its description (${writer}) the TIFF holds ${count} images, but there is room for ${held} alone.`,
    )
  return { images: count, stride, warnings: [] }
}
