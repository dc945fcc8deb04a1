import { pathOf } from './address.ts'
import { formOf } from './base-client.ts'
import { DatasetClient } from './dataset-client.ts'
import type { Mask } from './mask-file.ts'
import type { Report } from './pair-client.ts'
import { Unreachable } from './problem.ts'
import { type PlaneArray, planesOf } from './read-npy.ts'
import type { components, operations } from './types.ts'

export type { Mask } from './mask-file.ts'
export type { AgreementRequest, Gradient, Limits, Metric, Report, ScoreOptions } from './pair-client.ts'
export { Problem, type ProblemBody, Unreachable } from './problem.ts'

type Schemas = components['schemas']
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>

/** A side of a dataset: an archive or a document. */
export type Source = Blob | ArrayBuffer | Uint8Array

/** A run of a whole dataset, as GET /v1/evaluations/{id} answers it. */
export type Evaluation = Schemas['Evaluation']

/** One item of it. */
export type Item = Schemas['Item']

/** Which items, and in which order. */
export type ItemFilters = Omit<Query<'getEvaluationsIdItems'>, 'limit' | 'cursor' | 'at'>

/** One item of two evaluations. */
type ComparedItems =
  operations['getEvaluationsIdComparisonItems']['responses'][200]['content']['application/json']

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
  /** Absent where patterns or a manifest find both sides in one source. */
  readonly prediction?: Source
  /** Photos named as the items, for pictures. */
  readonly images?: Source
  /** CSV, TSV or NDJSON whose rows say which files belong together. */
  readonly manifest?: Source
  readonly options?: Readonly<Record<string, unknown>>
  readonly name?: string
  /** Called with the resource whenever it changed. */
  readonly progress?: (evaluation: Evaluation) => void
  readonly signal?: AbortSignal
}

const ended = ['done', 'failed', 'cancelled']
const root = '/v1/evaluations'

/** A service. Every call throws a `Problem` for what the service refuses, and `Unreachable` when it does not answer. */
export class MaskscoreClient extends DatasetClient {
  /** Begins an evaluation of a whole dataset and follows it to its end. */
  async evaluate(request: EvaluateRequest): Promise<Evaluation> {
    const { groundTruth, dataset, prediction, images, manifest, options, name, progress, signal } = request
    const files: Record<string, Mask | undefined> = {
      ground_truth: groundTruth,
      prediction,
      images,
      manifest,
    }
    const body = formOf(files, options, { name, dataset })
    const headers = { 'idempotency-key': crypto.randomUUID() }
    return this.#follow(
      await this.json<Evaluation>('POST', root, { body, headers, signal }),
      progress,
      signal,
    )
  }

  /** An evaluation that was begun before, once it has ended: GET /v1/evaluations/{id}. */
  async evaluation(
    id: string,
    progress?: EvaluateRequest['progress'],
    signal?: AbortSignal,
  ): Promise<Evaluation> {
    return this.#follow(await this.json<Evaluation>('GET', pathOf(root, [id]), { signal }), progress, signal)
  }

  /** Your evaluations, newest first, without their summaries. */
  async evaluations(
    filters: Pick<Query<'getEvaluations'>, 'state' | 'dataset'> = {},
    signal?: AbortSignal,
  ): Promise<Evaluation[]> {
    const found: Evaluation[] = []
    let cursor: string | undefined
    do {
      const path = pathOf(root, [], { ...filters, limit: 200, cursor })
      const page: Page = await this.json('GET', path, { signal })
      found.push(...page.evaluations)
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    return found
  }

  /** Stops an evaluation that is worked on. */
  cancel(id: string, signal?: AbortSignal): Promise<Evaluation> {
    return this.json('POST', pathOf(root, [id, 'cancel']), { signal })
  }

  /** Removes an evaluation and everything it stored. */
  async deleteEvaluation(id: string, signal?: AbortSignal): Promise<void> {
    await this.send('DELETE', pathOf(root, [id]), { signal })
  }

  /** Items of an evaluation with their scores, warnings and problems: all, in the order of the manifest, or what filters choose. */
  async items(id: string, filters: ItemFilters = {}, signal?: AbortSignal): Promise<Item[]> {
    const headers = { accept: 'application/x-ndjson' }
    const { text } = await this.send('GET', pathOf(root, [id, 'items'], filters), { headers, signal })
    const lines = text()
      .split('\n')
      .filter((line) => line !== '')
    return lines.map((line) => JSON.parse(line) as Item)
  }

  /** A report of an evaluation: `html`, `md`, `csv`, `classes.csv`, `junit.xml`, `nnunet.json` or `grand-challenge.json`. */
  report(id: string, form: ReportForm = 'html', signal?: AbortSignal): Promise<Blob> {
    return this.blob(pathOf(root, [id, `report.${form}`]), '*/*', { signal })
  }

  /** Which class was taken for which, over all items. */
  confusion(id: string, signal?: AbortSignal): Promise<Schemas['Confusion']> {
    return this.json('GET', pathOf(root, [id, 'confusion']), { signal })
  }

  /** An evaluation (B) against one from before (A) of the same ground truth: differences with intervals and p-values. */
  compare(id: string, before: string, signal?: AbortSignal): Promise<Schemas['Comparison']> {
    return this.json('GET', pathOf(root, [id, 'comparison'], { with: before }), { signal })
  }

  /** A score of every item that both evaluations have a value of, as `compare` takes them; what got worse most comes first. */
  async compareItems(
    id: string,
    before: string,
    asked: Pick<Query<'getEvaluationsIdComparisonItems'>, 'score' | 'class'> = {},
    signal?: AbortSignal,
  ): Promise<ComparedItems['items']> {
    const found: ComparedItems['items'] = []
    let offset: number | undefined = 0
    do {
      const query: Query<'getEvaluationsIdComparisonItems'> = { ...asked, with: before, limit: 1000, offset }
      const path = pathOf(root, [id, 'comparison', 'items'], query)
      const page: ComparedItems = await this.json('GET', path, { signal })
      found.push(...page.items)
      offset = page.next ?? undefined
    } while (offset !== undefined)
    return found
  }

  /** How a score is spread over the items. */
  histogram(
    id: string,
    asked: Query<'getEvaluationsIdHistogram'> = {},
    signal?: AbortSignal,
  ): Promise<Schemas['Histogram']> {
    return this.json('GET', pathOf(root, [id, 'histogram'], asked), { signal })
  }

  /** The whole report of one item, with the `segments` that cause most of its loss. */
  itemReport(id: string, index: number, segments?: number, signal?: AbortSignal): Promise<Report> {
    return this.json('GET', pathOf(root, [id, 'items', index, 'report'], { segments }), { signal })
  }

  /** The PNG of where the masks of one item differ. */
  itemOverlay(id: string, index: number, signal?: AbortSignal): Promise<Blob> {
    return this.blob(pathOf(root, [id, 'items', index, 'overlay']), 'image/png', { signal })
  }

  /** The photo of one item as a JPEG, its longer side at most `size`. */
  itemImage(id: string, index: number, size?: number, signal?: AbortSignal): Promise<Blob> {
    return this.blob(pathOf(root, [id, 'items', index, 'image'], { size }), 'image/jpeg', { signal })
  }

  /** Exact planes of labels of one item, by name, row-major. */
  async itemLabels<Name extends string>(
    id: string,
    index: number,
    planes: readonly Name[],
    signal?: AbortSignal,
  ): Promise<Record<Name, PlaneArray>> {
    const path = pathOf(root, [id, 'items', index, 'labels'], { planes: planes.join(',') })
    const headers = { accept: 'application/x-npy' }
    return planesOf((await this.send('GET', path, { headers, signal })).bytes, planes)
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
      const { id } = evaluation
      const headers: Record<string, string> = etag === '' ? {} : { 'if-none-match': etag }
      const answer = await this.send('GET', pathOf(root, [id], { wait: '30s' }), { headers, signal }).catch(
        (error: unknown) => {
          if (!(error instanceof Unreachable)) throw error
          const again = `The evaluation ${id} may go on: client.evaluation('${id}') waits for it again.`
          throw new Unreachable(`${error.message} ${again}`, { cause: error })
        },
      )
      // 304: nothing changed while it waited.
      if (answer.status === 304) continue
      etag = answer.headers.get('etag') ?? ''
      evaluation = JSON.parse(answer.text()) as Evaluation
    }
  }
}

interface Page {
  readonly evaluations: readonly Evaluation[]
  readonly next: string | null
}
