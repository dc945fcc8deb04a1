import type { Warning } from '../../labels/decoded-mask.ts'
import type { Limits } from '../../limits.ts'
import type { RawMask } from '../finish-mask.ts'
import { LabelCollector } from '../label-collector.ts'
import type { ReadSettings } from '../read-options.ts'
import { refuseTooLarge } from '../size-limits.ts'
import { refuseMissingBlocks } from './blocks.ts'
import { checkDeflate } from './check-deflate.ts'
import { TiffFile } from './directory.ts'
import { tiffGeometry } from './geometry.ts'
import { listPages } from './list-pages.ts'
import type { TiffPage } from './page.ts'
import { pageLabels } from './page-labels.ts'
import { PlainCopy } from './plain-copy.ts'
import { refuseUnreadable } from './policy.ts'
import { stackRefusal } from './stack-refusal.ts'

/**
 * The labels of a TIFF: one page, or all pages as a volume. Its directories are read here; the decoder gets a copy
 * whose only directory leaves it nothing to interpret.
 * @throws Refusal, see `listPages`, `refuseUnreadable`, `refuseMissingBlocks`, `checkDeflate`, `pageLabels` and
 * `stackRefusal`
 */
export async function readTiff(
  bytes: Uint8Array,
  settings: ReadSettings & { readonly volume: boolean },
  limits: Limits,
): Promise<RawMask> {
  const file = new TiffFile(bytes)
  const { pages, first, warnings, isChannelChosen } = listPages(file, settings)
  const geometry = tiffGeometry(file, first)
  const read = () =>
    readPages(bytes, file, pages, isChannelChosen ? ofOneChannel(settings) : settings, limits)
  if (pages.length > 1 && !settings.volume) throw await stackRefusal(pages, read)
  const mask = await read()
  return { ...mask, warnings: [...warnings, ...mask.warnings], ...(geometry && { geometry }) }
}

/** A channel that is an image of its own is none of the channels of a pixel. */
const ofOneChannel = (settings: ReadSettings): ReadSettings => ({ ...settings, color: 'reject' })

async function readPages(
  bytes: Uint8Array,
  file: TiffFile,
  pages: readonly TiffPage[],
  settings: ReadSettings,
  limits: Limits,
): Promise<RawMask> {
  const { width, height, bits } = pages[0]
  refuseTooLarge({ width, height, depth: pages.length }, Math.ceil(bits / 8), limits)
  for (const page of pages) {
    refuseUnreadable(page, limits)
    refuseMissingBlocks(file, page)
    await checkDeflate(bytes, file, page)
  }
  const copy = new PlainCopy(bytes, file, pages)
  const collector = new LabelCollector(width * height * pages.length)
  const warnings = new Map<string, Warning>()
  let encoding = ''
  // One page after another: they share the copy, which must not change while a page is being decoded.
  for (const page of pages) {
    const read = await pageLabels(copy, page, settings)
    collector.add(read.labels)
    for (const warning of read.warnings) warnings.set(warning.code, warning)
    encoding = read.encoding
  }
  return {
    map: { width, height, depth: pages.length, labels: collector.labels },
    format: 'tiff',
    encoding: `tiff-${encoding}`,
    warnings: [...warnings.values()],
    bits,
  }
}
