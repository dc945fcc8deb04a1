import type { DifferencePixels } from '../masks/difference-pixels.ts'
import { type Region, viewOf } from '../masks/region-grid.ts'
import { ask, askJson } from './ask.ts'
import { withChosen } from './chosen-files.ts'
import type { Report } from './types.ts'
import { upload } from './upload.ts'

/** Two masks, and how they are compared. */
export interface PairRequest {
  readonly groundTruth: File
  readonly prediction: File
  readonly options: Readonly<Record<string, unknown>>
}

/** Extras that the page shows of every pair, unless the options say otherwise. */
const shown = {
  families: ['information', 'pairs', 'overlap', 'regions'],
  include: ['segments'],
  segments: { top: 100 },
}

/**
 * Scores of a pair: POST /v1/score. Throws as `upload` does.
 * @param withPairs whether the answer tells how labels meet
 * @param onSent gets the share of the files that has gone, in [0, 1]
 */
export function score(
  request: PairRequest,
  withPairs: boolean,
  onSent: (share: number) => void,
  signal: AbortSignal,
): Promise<Report> {
  const { include = [] } = request.options
  const extras = ['segments', ...(withPairs ? ['contingency'] : [])]
  // What is no list is the service's to refuse.
  const options = {
    ...shown,
    ...request.options,
    include: Array.isArray(include) ? [...new Set([...extras, ...include])] : include,
  }
  return withChosen(filesOf(request), () =>
    upload('v1/score', formOf({ ...request, options }), onSent, signal),
  )
}

/** Planes of a pair as a `.npy`: POST /v1/labels. */
export async function labelPlanes(
  request: PairRequest,
  {
    names,
    match,
    region,
  }: { names: readonly string[]; match: 'names' | 'shapes'; region: Region | undefined },
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const options = { ...comparisonOptions(request.options), planes: names, match, ...viewOf(region) }
  return withChosen(filesOf(request), async () =>
    (await post('v1/labels', formOf({ ...request, options }), signal)).arrayBuffer(),
  )
}

/** How many pixels of a pair have each code of the difference: POST /v1/labels as JSON, whose planes are left at one pixel. */
export async function pixelsOfPair(
  request: PairRequest,
  match: 'names' | 'shapes',
  signal: AbortSignal,
): Promise<DifferencePixels> {
  const options = { ...comparisonOptions(request.options), match, ...onePixel }
  const body = formOf({ ...request, options })
  const how = { method: 'POST', body, signal, headers: { accept: 'application/json' } }
  const answer = await withChosen(filesOf(request), () => ask('v1/labels', how))
  return ((await answer.json()) as { pixels: { difference: DifferencePixels } }).pixels.difference
}
const onePixel = { planes: ['difference'], region: [0, 0, 1, 1] }

/** The overlay as a picture: POST /v1/overlay. */
export async function overlayPicture(
  request: PairRequest,
  photo: File | undefined,
  how: Readonly<Record<string, unknown>>,
): Promise<Blob> {
  const form = formOf({ ...request, options: { ...comparisonOptions(request.options), ...how } })
  if (photo) form.append('image', photo)
  return withChosen([...filesOf(request), ...(photo ? [photo] : [])], async () =>
    (await post('v1/overlay', form)).blob(),
  )
}

/** The contract of the service: GET /openapi.json. */
export const contract = (): Promise<unknown> => askJson('openapi.json')

/** Options that other calls than `score` know, too. */
const compared = [
  ...[
    'binary',
    'resize',
    'ground_truth',
    'prediction',
    'classes',
    'ignore_labels',
    'ignore_prediction_labels',
  ],
  ...[
    'border_tolerance',
    'min_segment_area',
    'min_prediction_area',
    'components',
    'connectivity',
    'background',
  ],
]
const comparisonOptions = (options: PairRequest['options']) =>
  Object.fromEntries(Object.entries(options).filter(([key]) => compared.includes(key)))

const filesOf = ({ groundTruth, prediction }: PairRequest) => [groundTruth, prediction]

function formOf({ groundTruth, prediction, options }: PairRequest): FormData {
  const form = new FormData()
  form.append('ground_truth', groundTruth)
  form.append('prediction', prediction)
  form.append('options', JSON.stringify(options))
  return form
}

const post = (address: string, body: FormData, signal?: AbortSignal): Promise<Response> =>
  ask(address, { method: 'POST', body, ...(signal && { signal }) })
