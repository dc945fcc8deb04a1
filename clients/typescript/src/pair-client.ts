import { BaseClient, formOf, jsonBody } from './base-client.ts'
import { fileOf, type Mask } from './mask-file.ts'
import { Unreachable } from './problem.ts'
import { type PlaneArray, planesOf, readNpy } from './read-npy.ts'
import type { components, operations } from './types.ts'

type Schemas = components['schemas']
/** What a call without parameters answers. */
type Told<Operation extends 'getMetrics' | 'getLimits'> =
  operations[Operation]['responses'][200]['content']['application/json']

/** A score: where it stands in a report, its range, and what it means. */
export type Metric = Told<'getMetrics'>['metrics'][number]
/** How large masks and requests may be. */
export type Limits = Told<'getLimits'>
export type Report = Schemas['Report']
export type ScoreOptions = Partial<Schemas['ScoreOptions']>

export interface Gradient {
  /** The derivatives, last axis fastest. */
  readonly values: PlaneArray
  /** Of the prediction's array. */
  readonly shape: readonly number[]
  /** `soft.mi_loss`; null where no pixel is counted. */
  readonly loss: number | null
  /** Empty cells of the joint table that stood at `soft.epsilon`; undefined where an older service does not tell. */
  readonly clipped: number | undefined
}

export interface AgreementRequest {
  /** A mask that is true. */
  readonly groundTruth?: Mask
  /** 2 to 20 predictions of a model, by name. */
  readonly samples?: Readonly<Record<string, Mask>>
  readonly options?: object
  readonly signal?: AbortSignal
}

/** Calls about one image. */
export class PairClient extends BaseClient {
  /** Scores of a predicted mask against a ground truth: POST /v1/score. */
  score(groundTruth: Mask, prediction: Mask, options?: ScoreOptions, signal?: AbortSignal): Promise<Report> {
    return this.#of('/v1/score', { ground_truth: groundTruth, prediction }, options, signal)
  }

  /** The PNG of where two masks differ: POST /v1/overlay. */
  async overlay(
    groundTruth: Mask,
    prediction: Mask,
    options?: object,
    image?: Blob,
    signal?: AbortSignal,
  ): Promise<Blob> {
    const body = formOf({ ground_truth: groundTruth, prediction, image }, options)
    return this.blob('/v1/overlay', 'image/png', { body, signal }, 'POST')
  }

  /** What is in a file: POST /v1/inspect. */
  inspect(mask: Mask, options?: object, signal?: AbortSignal): Promise<Schemas['Inspection']> {
    return this.#of('/v1/inspect', { mask }, options, signal)
  }

  /** Exact planes of labels, by name, row-major: POST /v1/labels. */
  async labels<Name extends string>(
    groundTruth: Mask,
    prediction: Mask,
    planes: readonly Name[],
    options?: object,
    signal?: AbortSignal,
  ): Promise<Record<Name, PlaneArray>> {
    const body = formOf({ ground_truth: groundTruth, prediction }, { ...options, planes })
    const headers = { accept: 'application/x-npy' }
    return planesOf((await this.send('POST', '/v1/labels', { body, signal, headers })).bytes, planes)
  }

  /**
   * The derivative of `soft.mi_loss` by every probability of the prediction, or by every logit: POST /v1/gradient. Without
   * options the prediction is read as a map of probabilities.
   */
  async gradient(
    groundTruth: Mask,
    prediction: Mask,
    options?: object,
    signal?: AbortSignal,
  ): Promise<Gradient> {
    const asked = { prediction: { probabilities: {} }, ...options }
    const body = formOf({ ground_truth: groundTruth, prediction }, asked)
    const headers = { accept: 'application/x-npy' }
    const answer = await this.send('POST', '/v1/gradient', { body, signal, headers })
    const loss = answer.headers.get('maskscore-loss')
    const clipped = answer.headers.get('maskscore-clipped')
    if (loss === null) throw new Unreachable('The answer has no header Maskscore-Loss: a proxy took it away.')
    return {
      ...readNpy(answer.bytes),
      loss: loss === 'null' ? null : Number(loss),
      clipped: clipped === null ? undefined : Number(clipped),
    }
  }

  /**
   * The agreement of 2 to 20 annotators of one image, by name: POST /v1/agreement.
   * @throws TypeError for names that would not arrive as they are
   */
  async agreement(
    masks: Readonly<Record<string, Mask>>,
    { groundTruth, samples = {}, options, signal }: AgreementRequest = {},
  ): Promise<Schemas['Agreement']> {
    const body = formOf({ ground_truth: groundTruth }, options)
    for (const [part, named] of Object.entries({ masks, samples }))
      for (const [name, mask] of Object.entries(named)) body.append(part, fileOf(mask), fileName(name))
    return this.json('POST', '/v1/agreement', { body, signal })
  }

  /** The scores of a table that exists already, `{ counts }` or `{ probabilities }`: POST /v1/table. */
  async table(request: Schemas['TableRequest'], signal?: AbortSignal): Promise<Schemas['TableReport']> {
    return this.json('POST', '/v1/table', { ...jsonBody(request), signal })
  }

  /** Every score: where it stands in a report, its range, and what it means. */
  async metrics(signal?: AbortSignal): Promise<Metric[]> {
    return (await this.json<Told<'getMetrics'>>('GET', '/v1/metrics', { signal })).metrics
  }

  /** How large masks and requests may be. */
  limits(signal?: AbortSignal): Promise<Limits> {
    return this.json('GET', '/v1/limits', { signal })
  }

  async #of<T>(
    path: string,
    files: Readonly<Record<string, Mask>>,
    options: object | undefined,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    return this.json('POST', path, { body: formOf(files, options), signal })
  }
}

/** Names are sent as names of files, of which browsers change quotes and line ends and services keep what follows a slash. */
function fileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line ends and their like are what is refused
  if (name === '' || name.length > 200 || /["/\\\u0000-\u001f]/.test(name))
    throw new TypeError(
      `${JSON.stringify(name)} cannot be the name of an annotator: 1 to 200 characters, and no quote, slash, backslash or line end.`,
    )
  return name
}
