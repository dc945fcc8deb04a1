import type { Mask } from './mask.ts'

/** One object of an annotation, with its own mask. */
export interface Thing {
  /** Its place in the document, from 1 on; known once the document is read. */
  readonly number?: number
  readonly category: number
  readonly isCrowd: boolean
  /** Whether a pixel is in it, one value a pixel. */
  readonly covers: readonly boolean[]
}

/** A document of annotated objects, in its order. */
export interface Document {
  readonly kind: 'document'
  readonly width: number
  readonly height: number
  readonly things: readonly Thing[]
  /** Whether its annotations carry CVAT's `attributes`. */
  readonly hasAttributes: boolean
  /** COCO panoptic: one map of segments, where nothing is painted is unknown. */
  readonly isPanoptic: boolean
}

/** A mask of labels, from any file that holds one. */
interface Labels {
  readonly kind: 'labels'
  readonly mask: Mask
}

export type Side = Labels | Document

/** What stands where a crowd was left out; no file has it. */
export const leftOut = Number.MIN_SAFE_INTEGER

/** What `crowd` makes of crowds: objects like others, COCO's crowds, or pixels that are left out. */
export type CrowdRule = 'object' | 'crowd' | 'ignore'

export function crowdRule(document: Document, option: 'auto' | CrowdRule = 'auto'): CrowdRule {
  if (option !== 'auto') return option
  return document.hasAttributes ? 'object' : 'crowd'
}

/** Which thing a pixel shows: the last one in the document that covers it; −1 where there is none. */
export function topmost(things: readonly Thing[], size: number): number[] {
  return Array.from({ length: size }, (_, pixel) => things.findLastIndex(({ covers }) => covers[pixel]))
}

/** The label of every pixel of a document: the category of the thing it shows, 0 where there is none. */
export function paint(things: readonly Thing[], size: number, rule: CrowdRule): number[] {
  return topmost(things, size).map((index) => {
    if (index === -1) return 0
    return things[index].isCrowd && rule === 'ignore' ? leftOut : things[index].category
  })
}
