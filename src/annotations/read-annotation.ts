import { JsonNode } from '../json/json-node.ts'
import type { Limits } from '../limits.ts'
import type { AnnotatedImage, CrowdRule, ImageRegions } from './annotated-image.ts'
import type { AnnotationOptions } from './annotation-options.ts'
import type { AnnotationSource } from './annotation-source.ts'
import { Budget } from './budget.ts'
import { detectFormat } from './detect-format.ts'
import { formats } from './formats/catalogue.ts'
import type { ImageOfGroundTruth, ReadContext } from './reading/read-context.ts'
import { WarningList } from './warning-list.ts'

/**
 * Reads one image's annotation of a labeling tool out of its opened source (`openSource`). The format is what the
 * source says, else it is found out from the content. Nothing is painted yet: names need the labels of both sides
 * (`assignLabels`), then comes `paintAnnotation`.
 *
 * @param groundTruth of the mask that is read as its prediction
 * @throws Refusal with pointers relative to the document: INVALID_ANNOTATION, UNSUPPORTED_FORMAT, IMAGE_TOO_LARGE and
 *   INPUT_TOO_LARGE (more regions, vertices, runs or paint than the limits allow).
 */
export async function readAnnotation(
  { data, files, options }: AnnotationSource,
  limits: Limits,
  groundTruth?: ImageOfGroundTruth,
): Promise<AnnotatedImage> {
  const format = options.format ?? detectFormat(data)
  const { read, polygonFill: fillOfTool = 'coco', unlabelledIsVoid = false } = formats[format]
  const polygonFill = options.polygon_fill ?? fillOfTool
  const warnings = new WarningList()
  const { warn } = warnings
  const context = {
    ...{ options, limits, budget: new Budget(limits), polygonFill, files, warn },
    ...(groundTruth && { groundTruth }),
  }
  const image = await read(new JsonNode(data), context)
  const crowd = crowdRule(image, options.crowd)
  if (options.crowd === undefined) warnOfCrowds(image, crowd, warn)
  return { ...image, format, polygonFill, crowd, unlabelledIsVoid, warnings: warnings.list() }
}

function crowdRule(
  { crowdsAreObjects }: ImageRegions,
  option: AnnotationOptions['crowd'] = 'auto',
): CrowdRule {
  if (option !== 'auto') return option
  return crowdsAreObjects ? 'object' : 'crowd'
}

function warnOfCrowds({ regions }: ImageRegions, crowd: CrowdRule, warn: ReadContext['warn']): void {
  const count = regions.filter(({ crowd }) => crowd).length
  if (count > 0)
    warn(
      'CROWD_REGIONS',
      `${count} crowd regions are ${crowd === 'object' ? 'objects like others, since these annotations carry `attributes` as CVAT writes them' : 'crowds: never missed, never matched, and predictions on them are forgiven'}. \`crowd\` says "object", "crowd" or "ignore".`,
    )
}
