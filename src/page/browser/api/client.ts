import { accessKey } from '../address/access-key.ts'
import type { Problem, Report } from './types.ts'

/** A refusal of the service, as it words it. */
export class ServiceProblem extends Error {
  readonly problem: Problem
  /** Seconds after which to try again, where the service says so. */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter: number | undefined) {
    super(problem.detail)
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

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

/** Scores of a pair: POST /v1/score. */
export async function score(request: PairRequest, signal: AbortSignal): Promise<Report> {
  const options = {
    ...shown,
    ...request.options,
    include: [...new Set(['segments', ...listOf(request.options.include)])],
  }
  const response = await post('v1/score', formOf({ ...request, options }), signal)
  return (await response.json()) as Report
}

/** Planes of a pair as a `.npy`: POST /v1/labels. */
export async function labelPlanes(
  request: PairRequest,
  planes: readonly string[],
  match: 'names' | 'shapes',
  signal: AbortSignal,
): Promise<ArrayBuffer> {
  const options = { ...comparisonOptions(request.options), planes, match }
  return (await post('v1/labels', formOf({ ...request, options }), signal)).arrayBuffer()
}

/** The overlay as a picture: POST /v1/overlay. */
export async function overlayPicture(
  request: PairRequest,
  photo: File | undefined,
  how: Readonly<Record<string, unknown>>,
): Promise<Blob> {
  const form = formOf({ ...request, options: { ...comparisonOptions(request.options), ...how } })
  if (photo) form.append('image', photo)
  return (await post('v1/overlay', form)).blob()
}

/** The contract of the service: GET /openapi.json. */
export const contract = async (): Promise<unknown> => (await answered(fetch('openapi.json'))).json()

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

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function formOf({ groundTruth, prediction, options }: PairRequest): FormData {
  const form = new FormData()
  form.append('ground_truth', groundTruth)
  form.append('prediction', prediction)
  form.append('options', JSON.stringify(options))
  return form
}

const post = (address: string, body: FormData, signal?: AbortSignal): Promise<Response> =>
  answered(fetch(address, { method: 'POST', body, headers: keyHeader(), ...(signal && { signal }) }))

const keyHeader = (): Record<string, string> => {
  const key = accessKey.value
  return key ? { authorization: `Bearer ${key}` } : {}
}

/** @throws ServiceProblem for a refusal, TypeError where the service cannot be reached */
async function answered(asked: Promise<Response>): Promise<Response> {
  const response = await asked
  if (response.ok) return response
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  const problem = isProblem ? ((await response.json()) as Problem) : fromElsewhere(response)
  throw new ServiceProblem(problem, Number.isFinite(retryAfter) ? retryAfter : undefined)
}

/** What a proxy answers in the place of the service. */
const fromElsewhere = ({ status, statusText }: Response): Problem => ({
  type: 'about:blank',
  title: `The answer has status ${status}`,
  status,
  detail: `What answered is not the service but something before it: ${status} ${statusText}.`,
  code: 'INTERNAL',
  remedy: 'Try again; if it persists, ask who runs the proxy.',
  request_id: '',
  errors: [],
})
