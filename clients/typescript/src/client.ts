import { fileOf, type Mask, nameOf } from './mask-file.ts'
import { type PlaneArray, readNpy } from './read-npy.ts'
import { type Sent, send, type TransportOptions } from './transport.ts'
import type { components } from './types.ts'

export { Problem, type ProblemBody } from './problem.ts'

type Schemas = components['schemas']
export type Report = Schemas['Report']
export type ScoreOptions = Partial<Schemas['ScoreOptions']>

export type { Mask } from './mask-file.ts'

/** A side of a dataset: an archive or a document. */
export type Source = Blob | ArrayBuffer | Uint8Array

/** A run of a whole dataset, as GET /v1/evaluations/{id} answers it. */
export type Evaluation = Schemas['Evaluation']

/** One item of it. */
export type Item = Schemas['Item']

/** Endings of the addresses of reports. */
export type ReportForm =
  | 'html'
  | 'md'
  | 'csv'
  | 'classes.csv'
  | 'junit.xml'
  | 'nnunet.json'
  | 'grand-challenge.json'

export interface EvaluateRequest {
  readonly groundTruth?: Source
  /** The name of a stored ground truth, in place of one. */
  readonly dataset?: string
  readonly prediction: Source
  /** Photos named as the items, for pictures. */
  readonly images?: Source
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
    return planesOf(response, planes)
  }

  /** Begins an evaluation of a whole dataset and follows it to its end. */
  async evaluate({
    groundTruth,
    dataset,
    prediction,
    images,
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
    if (images) body.append('images', fileOf(images), nameOf(images, 'images'))
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const begun = await this.#send('POST', '/v1/evaluations', { body, headers, signal })
    return this.#follow((await begun.json()) as Evaluation, progress, signal)
  }

  /** An evaluation that was begun before, once it has ended: GET /v1/evaluations/{id}. */
  async evaluation(
    id: string,
    progress?: EvaluateRequest['progress'],
    signal?: AbortSignal,
  ): Promise<Evaluation> {
    const response = await this.#send('GET', addressOf(id), { signal })
    return this.#follow((await response.json()) as Evaluation, progress, signal)
  }

  /** Every item of an evaluation with its scores, warnings and problem, in the order of the manifest. */
  async items(id: string, signal?: AbortSignal): Promise<Item[]> {
    const headers = { accept: 'application/x-ndjson' }
    const response = await this.#send('GET', `${addressOf(id)}/items`, { headers, signal })
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Item)
  }

  /** A report of an evaluation: `html`, `md`, `csv`, `junit.xml`, `nnunet.json` or `grand-challenge.json`. */
  async report(id: string, form: ReportForm = 'html', signal?: AbortSignal): Promise<Blob> {
    const headers = { accept: '*/*' }
    return (await this.#send('GET', `${addressOf(id)}/report.${form}`, { headers, signal })).blob()
  }

  /** The PNG of where the masks of one item differ. */
  async itemOverlay(id: string, index: number, signal?: AbortSignal): Promise<Blob> {
    return (await this.#ofItem(id, index, 'overlay', 'image/png', signal)).blob()
  }

  /** The photo of one item as a JPEG, its longer side at most `size`. */
  async itemImage(id: string, index: number, size?: number, signal?: AbortSignal): Promise<Blob> {
    const what = size === undefined ? 'image' : `image?size=${size}`
    return (await this.#ofItem(id, index, what, 'image/jpeg', signal)).blob()
  }

  /** Exact planes of labels of one item, by name, row-major. */
  async itemLabels<Name extends string>(
    id: string,
    index: number,
    planes: readonly Name[],
    signal?: AbortSignal,
  ): Promise<Record<Name, PlaneArray>> {
    const what = `labels?planes=${planes.join(',')}`
    return planesOf(await this.#ofItem(id, index, what, 'application/x-npy', signal), planes)
  }

  async #follow(
    begun: Evaluation,
    progress: EvaluateRequest['progress'],
    signal: AbortSignal | undefined,
  ): Promise<Evaluation> {
    let evaluation = begun
    let etag = ''
    for (;;) {
      progress?.(evaluation)
      if (ended.includes(evaluation.state)) return evaluation
      const headers: Record<string, string> = etag === '' ? {} : { 'if-none-match': etag }
      const response = await this.#send('GET', `${addressOf(evaluation.id)}?wait=30s`, { headers, signal })
      // 304: nothing changed while it waited.
      if (response.status === 304) continue
      etag = response.headers.get('etag') ?? ''
      evaluation = (await response.json()) as Evaluation
    }
  }

  #ofItem(id: string, index: number, what: string, accept: string, signal: AbortSignal | undefined) {
    return this.#send('GET', `${addressOf(id)}/items/${index}/${what}`, { headers: { accept }, signal })
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

const addressOf = (id: string): string => `/v1/evaluations/${encodeURIComponent(id)}`

async function planesOf<Name extends string>(
  response: Response,
  names: readonly Name[],
): Promise<Record<Name, PlaneArray>> {
  const { planes } = readNpy(await response.arrayBuffer())
  if (planes.length !== names.length)
    throw new TypeError(`The service answered ${planes.length} planes in place of ${names.length}.`)
  return Object.fromEntries(names.map((name, k) => [name, planes[k]])) as Record<Name, PlaneArray>
}
