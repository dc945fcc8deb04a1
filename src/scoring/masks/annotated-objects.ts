import type { AnnotatedImage, Region } from '../../annotations/annotated-image.ts'
import type { LabelList } from '../../annotations/label-names.ts'
import { paintRegions } from '../../annotations/paint.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import type { PanopticSegment } from '../../metrics/instances/panoptic-quality.ts'

/** The objects of one mask: a map of their numbers, 0 where there is none, and what is known of each. */
export interface Objects {
  readonly map: LabelMap
  readonly segments: ReadonlyMap<number, PanopticSegment>
  readonly unlabelled: 'void' | 'background'
}

/**
 * Numbers the objects of an annotation from 1 in the order of the document; regions of one instance are one object. A
 * region with label 0 is no object: its pixels become background.
 */
export function annotatedObjects(image: AnnotatedImage, list: LabelList, limits: Limits): Objects {
  const numbers = new Map<string, number>()
  const segments = new Map<number, PanopticSegment>()
  const numberOf = (region: Region): number => {
    const category = list.labelOf(region)
    if (category === 0) return 0
    const number = numbers.get(region.instance) ?? numbers.size + 1
    numbers.set(region.instance, number)
    segments.set(number, { category, isCrowd: region.crowd })
    return number
  }
  image.regions.forEach(numberOf)
  const unlabelled = image.unlabelledIsVoid ? 'void' : 'background'
  return { map: paintRegions(image, numberOf, limits), segments, unlabelled }
}
