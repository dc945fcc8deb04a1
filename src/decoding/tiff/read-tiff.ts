import type { Warning } from '../../labels/decoded-mask.ts'
import type { LabelArray } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import type { RawMask } from '../finish-mask.ts'
import type { ReadSettings } from '../read-options.ts'
import { refuseMissingBlocks } from './blocks.ts'
import { checkDeflate } from './check-deflate.ts'
import { TiffFile } from './directory.ts'
import { listPages } from './list-pages.ts'
import { pageLabels } from './page-labels.ts'
import { isolatePage, needsNeutralising, neutralise } from './patch.ts'
import { refuseUnreadable } from './policy.ts'
import { stackPages } from './stack-pages.ts'

/**
 * The labels of a TIFF: one page, or all pages as a volume. Its directories are read here; the decoder gets the
 * file, or a copy whose tags leave it nothing to interpret.
 * @throws Refusal, see `listPages`, `refuseUnreadable`, `refuseMissingBlocks`, `checkDeflate` and `pageLabels`
 */
export async function readTiff(
  bytes: Uint8Array,
  settings: ReadSettings & { readonly volume: boolean },
  limits: Limits,
): Promise<RawMask> {
  const file = new TiffFile(bytes)
  const pages = listPages(file, settings.volume, limits)
  for (const { page } of pages) {
    refuseUnreadable(page, limits)
    refuseMissingBlocks(file, page)
    await checkDeflate(bytes, file, page)
  }
  const { width, height, bits } = pages[0].page
  const inPlace = pages.length === 1 && !needsNeutralising(pages[0].page)
  const copy = inPlace ? bytes : new Uint8Array(bytes)
  const labels: LabelArray[] = []
  const warnings = new Map<string, Warning>()
  let encoding = ''
  // One page after another: they share the copy, which must not change while a page is being decoded.
  for (const { offset, page } of pages) {
    if (!inPlace) {
      isolatePage(copy, file, offset, page.directory)
      neutralise(copy, file, page)
    }
    const read = await pageLabels(copy, file, page, settings)
    labels.push(read.labels)
    for (const warning of read.warnings) warnings.set(warning.code, warning)
    encoding = read.encoding
  }
  return {
    map: {
      width,
      height,
      depth: pages.length,
      labels: labels.length === 1 ? labels[0] : stackPages(labels),
    },
    format: 'tiff',
    encoding: `tiff-${encoding}`,
    warnings: [...warnings.values()],
    bits,
  }
}
