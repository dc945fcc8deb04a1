import type { LabelArray } from '../../labels/label-map.ts'
import { Refusal } from '../../problems/refusal.ts'

/**
 * The labels of pages of one size, one after another, in a type that holds them all.
 * @throws Refusal LABEL_OUT_OF_RANGE when one page has negative labels and another labels beyond int32
 */
export function stackPages(pages: readonly LabelArray[]): LabelArray {
  const length = pages.reduce((sum, page) => sum + page.length, 0)
  const volume = emptyLike(pages, length)
  let at = 0
  for (const page of pages) {
    if (volume instanceof Int32Array && page instanceof Uint32Array) refuseBeyondInt32(page)
    volume.set(page, at)
    at += page.length
  }
  return volume
}

function emptyLike(pages: readonly LabelArray[], length: number): LabelArray {
  if (pages.some((page) => page instanceof Int32Array)) return new Int32Array(length)
  if (pages.some((page) => page instanceof Uint32Array)) return new Uint32Array(length)
  return pages.some((page) => page instanceof Uint16Array) ? new Uint16Array(length) : new Uint8Array(length)
}

function refuseBeyondInt32(page: Uint32Array): void {
  const beyond = page.find((label) => label > 0x7fffffff)
  if (beyond !== undefined)
    throw new Refusal(
      'LABEL_OUT_OF_RANGE',
      `One page has negative labels and another the label ${beyond}; together they must fit int32.`,
    )
}
