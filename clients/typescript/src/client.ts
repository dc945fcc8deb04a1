import { type PlaneArray, readNpy } from './read-npy.ts'
import { type Sent, send, type TransportOptions } from './transport.ts'
import type { components } from './types.ts'

export { Problem, type ProblemBody } from './problem.ts'

type Schemas = components['schemas']
export type Report = Schemas['Report']
export type ScoreOptions = Partial<Schemas['ScoreOptions']>

/** A mask: bytes of a file, a file, or what a labeling tool writes as an object. */
export type Mask = Blob | ArrayBuffer | Uint8Array | object

/** A side of a dataset: an archive or a document. */
export type Source = Blob | Uint8Array

/** A run of a whole dataset, as GET /v1/evaluations/{id} answers it. */
export interface Evaluation {
  readonly id: string
  readonly state: string
  readonly complete?: boolean
  readonly progress?: { readonly items: number; readonly done: number; readonly failed: number }
  readonly summary?: Readonly<Record<string, unknown>>
  readonly problem?: Readonly<Record<string, unknown>>
}

export interface EvaluateRequest {
  readonly groundTruth?: Source
  /** The name of a stored ground truth, in place of one. */
  readonly dataset?: string
  readonly prediction: Source
  readonly options?: Readonly<Record<string, unknown>>
  readonly name?: string
  /** Called with the resource whenever it changed. */
  readonly progress?: (evaluation: Evaluation) => void
  readonly signal?: AbortSignal
}

const ended = ['done', 'failed', 'cancelled']

/** A service. Every call throws a `Problem` for what the service refuses. */
export class MaskscoreClient {
  readonly #transport: TransportOptions

  constructor(baseUrl: string, options: Partial<Omit<TransportOptions, 'baseUrl'>> = {}) {
    this.#transport = {
      retries: 4,
      longestWait: 60,
      fetch: (...args) => fetch(...args),
      ...options,
      baseUrl,
    }
  }

  /** Scores of a predicted mask against a ground truth: POST /v1/score. */
  async score(
    groundTruth: Mask,
    prediction: Mask,
    options?: ScoreOptions,
    signal?: AbortSignal,
  ): Promise<Report> {
    const body = pairOf(groundTruth, prediction, options)
    return (await (await this.#send('POST', '/v1/score', { body, signal })).json()) as Report
  }

  /** The PNG of where two masks differ: POST /v1/overlay. */
  async overlay(
    groundTruth: Mask,
    prediction: Mask,
    options?: object,
    image?: Blob,
    signal?: AbortSignal,
  ): Promise<Blob> {
    const body = pairOf(groundTruth, prediction, options)
    if (image) body.append('image', image)
    return (
      await this.#send('POST', '/v1/overlay', { body, signal, headers: { accept: 'image/png' } })
    ).blob()
  }

  /** What is in a file: POST /v1/inspect. */
  async inspect(mask: Mask, options?: object, signal?: AbortSignal): Promise<Schemas['Inspection']> {
    const body = new FormData()
    body.append('mask', fileOf(mask), nameOf(mask, 'mask'))
    if (options) body.append('options', JSON.stringify(options))
    return (await (await this.#send('POST', '/v1/inspect', { body, signal })).json()) as Schemas['Inspection']
  }

  /** Exact planes of labels, by name, row-major: POST /v1/labels. */
  async labels<Name extends string>(
    groundTruth: Mask,
    prediction: Mask,
    planes: readonly Name[],
    options?: object,
    signal?: AbortSignal,
  ): Promise<Record<Name, PlaneArray>> {
    const body = pairOf(groundTruth, prediction, { ...options, planes })
    const headers = { accept: 'application/x-npy' }
    const response = await this.#send('POST', '/v1/labels', { body, signal, headers })
    const read = readNpy(await response.arrayBuffer())
    return Object.fromEntries(planes.map((name, k) => [name, read.planes[k]])) as Record<Name, PlaneArray>
  }

  /** Begins an evaluation of a whole dataset and follows it to its end. */
  async evaluate({
    groundTruth,
    dataset,
    prediction,
    options,
    name,
    progress,
    signal,
  }: EvaluateRequest): Promise<Evaluation> {
    const body = new FormData()
    // Fields before files, so that the service knows them when the first file arrives.
    if (name !== undefined) body.append('name', name)
    if (dataset !== undefined) body.append('dataset', dataset)
    if (options) body.append('options', JSON.stringify(options))
    if (groundTruth) body.append('ground_truth', fileOf(groundTruth), nameOf(groundTruth, 'ground_truth'))
    body.append('prediction', fileOf(prediction), nameOf(prediction, 'prediction'))
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const begun = await this.#send('POST', '/v1/evaluations', { body, headers, signal })
    let evaluation = (await begun.json()) as Evaluation
    let etag = ''
    for (;;) {
      progress?.(evaluation)
      if (ended.includes(evaluation.state)) return evaluation
      const known: Record<string, string> = etag === '' ? {} : { 'if-none-match': etag }
      const path = `/v1/evaluations/${evaluation.id}?wait=30s`
      const response = await this.#send('GET', path, { headers: known, signal })
      // 304: nothing changed while it waited.
      if (response.status === 304) continue
      etag = response.headers.get('etag') ?? ''
      evaluation = (await response.json()) as Evaluation
    }
  }

  #send(method: string, path: string, sent: Sent): Promise<Response> {
    return send(this.#transport, method, path, sent)
  }
}

function pairOf(groundTruth: Mask, prediction: Mask, options?: object): FormData {
  const form = new FormData()
  form.append('ground_truth', fileOf(groundTruth), nameOf(groundTruth, 'ground_truth'))
  form.append('prediction', fileOf(prediction), nameOf(prediction, 'prediction'))
  if (options) form.append('options', JSON.stringify(options))
  return form
}

/** Every mask is sent as a file: a part without a file name is text to many servers. */
function fileOf(mask: Mask): Blob {
  if (mask instanceof Blob) return mask
  if (mask instanceof ArrayBuffer) return new Blob([mask])
  if (mask instanceof Uint8Array) return new Blob([new Uint8Array(mask)])
  return new Blob([JSON.stringify(mask)], { type: 'application/json' })
}

const nameOf = (mask: Mask, fallback: string): string =>
  'name' in mask && typeof mask.name === 'string' && mask instanceof Blob ? mask.name : fallback
