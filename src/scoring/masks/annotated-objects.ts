import type { AnnotatedImage, Region } from '../../annotations/annotated-image.ts'
import type { LabelList } from '../../annotations/label-names.ts'
import { type PaintedAnnotation, paintAnnotation, paintRegions } from '../../annotations/paint.ts'
import type { PixelRuns } from '../../annotations/painting/pixel-runs.ts'
import type { LabelMap } from '../../labels/label-map.ts'
import type { Limits } from '../../limits.ts'
import { onFirstUse } from '../on-first-use.ts'

/** One object of an annotation, with a mask of its own: what covers it takes nothing from it. */
interface MaskObject {
  /** The label of its class. */
  readonly category: number
  /** A group of objects that nobody told apart. */
  readonly isCrowd: boolean
  /** False for stuff such as sky; absent where the format does not tell. */
  readonly isThing?: boolean
  readonly runs: PixelRuns
}

/** The objects of one annotation. */
export interface Objects {
  /** In the order of the document; object n stands at n - 1. */
  readonly list: readonly MaskObject[]
  readonly crowd: AnnotatedImage['crowd']
  /** Whether pixels of no object are unknown, as in COCO panoptic, or background. */
  readonly unlabelled: 'void' | 'background'
  readonly size: { readonly width: number; readonly height: number }
  /** The number of the object that each pixel shows, the later one on top; 0 where there is none. Painted when it is asked for. */
  readonly shown: () => LabelMap
  /** The class map without the objects of these numbers: what was under them shows. */
  readonly without: (numbers: ReadonlySet<number>) => PaintedAnnotation
}

/**
 * The objects of an annotation: regions of one instance are one object. A region with label 0 is no object: its pixels
 * become background.
 * @param runsOf the pixels of each instance (`objectRuns`)
 */
export function annotatedObjects(
  image: AnnotatedImage,
  list: LabelList,
  limits: Limits,
  runsOf: ReadonlyMap<string, PixelRuns>,
): Objects {
  const numbers = new Map<string, number>()
  const objects: MaskObject[] = []
  const numberOf = (region: Region): number => {
    const category = list.labelOf(region)
    if (category === 0) return 0
    const { instance, crowd: isCrowd, isThing } = region
    const known = numbers.get(instance)
    if (known !== undefined) return known
    const runs = runsOf.get(instance) ?? new Uint32Array()
    objects.push({ category, isCrowd, ...(isThing !== undefined && { isThing }), runs })
    numbers.set(instance, objects.length)
    return objects.length
  }
  image.regions.forEach(numberOf)
  return {
    list: objects,
    crowd: image.crowd,
    unlabelled: image.unlabelledIsVoid ? 'void' : 'background',
    size: { width: image.width, height: image.height },
    shown: onFirstUse(() => paintRegions(image, numberOf, limits).map),
    without: (left) => paintAnnotation(image, list, limits, (region) => !left.has(numberOf(region))),
  }
}
