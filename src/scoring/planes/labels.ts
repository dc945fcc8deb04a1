import type { z } from 'zod'
import { refuseField } from '../../problems/refusal.ts'
import { comparePixels } from '../comparison/compare-pixels.ts'
import type { ScoringContext } from '../context.ts'
import { readMasks } from '../masks/read-masks.ts'
import { votesOf } from '../pair/count-annotators.ts'
import type { PairInput } from '../pair/pair.ts'
import { sameSize, sizeMismatch } from '../pair/size.ts'
import { numberedNames } from '../request/numbered-names.ts'
import { parseOptions, parsePairOptions, voidOfPreset } from '../request/parse-options.ts'
import type { ScoringRequest } from '../request/request.ts'
import { StageClock } from '../stage-clock.ts'
import { entropyPlane } from './entropy-plane.ts'
import { labelsOptionsSchema, maskLabelsOptionsSchema, type PlaneName, type View } from './options.ts'
import { labelPlane, planesOfPair } from './pair-planes.ts'
import { countCodes, type Plane } from './plane.ts'
import { commonType, type PlaneType } from './plane-type.ts'
import { viewPlane, type Window, windowOf } from './view-plane.ts'

/** Most masks of one call, as for agreement. */
const maxMasks = 20
/** Bytes of an answer for each pixel that a mask may have: it stays within what a worker holds for a pair. */
const bytesPerPixel = 8

/** Planes of one image, ready to be written. */
export interface LabelPlanes {
  readonly names: readonly string[]
  readonly planes: readonly Plane[]
  readonly type: PlaneType
  readonly window: Window
  /** How labels were matched, for planes of a pair that are compared. */
  readonly match?: 'names' | 'shapes'
  /** Of each plane of codes how many pixels of the whole image have each. */
  readonly pixels: () => Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Size of the masks. */
  readonly width: number
  readonly height: number
}

/**
 * Opens a request of POST /v1/labels: the planes of a pair, or the labels of each of `masks`.
 * @throws Refusal IMAGE_TOO_LARGE for more bytes than one answer holds, those of reading and of `comparePixels`
 */
export async function labels(
  request: ScoringRequest,
  context: ScoringContext,
): Promise<{ planes: LabelPlanes; clock: StageClock }> {
  const clock = new StageClock()
  const planes = request.has('masks')
    ? await ofMasks(request, context, clock)
    : await ofPair(request, context, clock)
  return { planes, clock }
}

async function ofPair(
  request: ScoringRequest,
  context: ScoringContext,
  clock: StageClock,
): Promise<LabelPlanes> {
  const masks = { groundTruth: request.mask('ground_truth'), prediction: request.mask('prediction') }
  const { planes: names, ...options } = parsePairOptions(labelsOptionsSchema, request.options)
  const planes = names.filter((name) => name !== 'entropy')
  if (planes.length < names.length)
    throw refuseField('INVALID_OPTIONS', '/options/planes', '`entropy` is of `masks`, not of a pair.')
  return labelPlanesOfPair(masks, { ...options, planes }, context, clock)
}

type PlanesOptions = Omit<z.output<typeof labelsOptionsSchema>, 'planes'> & {
  readonly planes: readonly PlaneName[]
}

/**
 * The planes of two masks.
 * @param options what `parsePairOptions` read
 * @param before codes of the difference of another prediction, for the plane `change`
 * @throws Refusal as `labels`
 */
export async function labelPlanesOfPair(
  masks: PairInput,
  { planes: names, region, level, ...options }: PlanesOptions,
  context: ScoringContext,
  clock: StageClock,
  before?: Plane['values'],
): Promise<LabelPlanes> {
  if (names.includes('loss') && names.length > 1)
    throw refuseField(
      'INVALID_OPTIONS',
      '/options/planes',
      'The loss is of float64 and the other planes are integers: ask for `loss` alone.',
    )
  const compared = await comparePixels(masks, options, context, clock)
  const { match, pair } = compared
  const all = clock.run('metrics', () => planesOfPair(names, compared, options.background, before))
  return { ...seen({ names, all, view: { region, level } }, pair.size, context), match }
}

async function ofMasks(
  request: ScoringRequest,
  context: ScoringContext,
  clock: StageClock,
): Promise<LabelPlanes> {
  for (const side of ['ground_truth', 'prediction'])
    if (request.has(side))
      throw refuseField('UNEXPECTED_PART', `/${side}`, 'A request holds either a pair or `masks`, not both.')
  const annotated = request.masks('masks')
  if (annotated.length > maxMasks)
    throw refuseField(
      'TOO_MANY_MASKS',
      '/masks',
      `The request has ${annotated.length} masks; one call reads at most ${maxMasks}.`,
    )
  if (annotated.length === 0) throw refuseField('MISSING_PART', '/masks', 'The list of masks is empty.')
  const { prediction, planes, ...view } = parseOptions(maskLabelsOptionsSchema, request.options)
  const toRead = annotated.map(({ mask }, index) => ({
    input: mask,
    options: prediction,
    pointer: `/masks/${index}`,
  }))
  const read = await clock.run('decode', () => readMasks(toRead, context))
  const maps = read.masks.map(({ map }) => map)
  const [first] = maps
  const called = (index: number) => ({ name: `mask ${index + 1}`, pointer: `/masks/${index}` })
  maps.forEach((map, index) => {
    if (!sameSize(first, map))
      throw sizeMismatch(first, map, { groundTruth: called(0), prediction: called(index) })
  })
  if (first.depth > 1)
    throw refuseField('MULTI_PAGE', '/masks/0', 'Planes are of one image, not of a volume.')
  if (planes) {
    const keep = new Uint8Array(first.labels.length).fill(1)
    const votes = votesOf(read.masks, { annotatorVoid: voidOfPreset(prediction), binary: false }, keep)
    const window = windowOf(view, first)
    const bits = clock.run('metrics', () => entropyPlane(votes, window))
    const { width, height } = first
    const type = commonType([bits])
    return { names: planes, planes: [bits], type, window, pixels: () => ({}), width, height }
  }
  const names = numberedNames(annotated.map(({ annotator }) => annotator))
  return seen({ names, all: maps.map(labelPlane), view }, first, context)
}

interface Unseen {
  readonly names: readonly string[]
  readonly all: readonly Plane[]
  readonly view: View
}

function seen(
  { names, all, view }: Unseen,
  { width, height }: Pick<Plane, 'width' | 'height'>,
  { limits }: ScoringContext,
): LabelPlanes {
  const window = windowOf(view, { width, height })
  const type = commonType(all)
  const bytes = all.length * window.columns * window.rows * type.bytes
  const maxBytes = bytesPerPixel * limits.maxPixels
  if (bytes > maxBytes)
    throw refuseField(
      'IMAGE_TOO_LARGE',
      '/options/planes',
      `The planes have ${bytes} bytes; one answer holds at most ${maxBytes}. Ask for fewer planes, a region or a higher level.`,
    )
  const planes = all.map((plane) => viewPlane(plane, window))
  const pixels = () =>
    Object.fromEntries(
      all.flatMap(({ values, codes }, place) =>
        codes ? [[names[place], countCodes(values, codes)] as const] : [],
      ),
    )
  return { names, planes, type, window, pixels, width, height }
}
