import { ToolClient, type ToolClientOptions } from '../tool-client.ts'
import { ownModelVersion } from './annotation-scores.ts'
import { labelStudioAuthorization } from './token.ts'

/** A score to be shown in Label Studio's column of prediction scores. */
export interface PostedScore {
  readonly task: number
  readonly score: number
  readonly against: 'ground_truth' | 'pre_label'
  /** The prediction that holds an earlier score: it is changed, so that a task has one and not one for each save. */
  readonly earlier?: number | undefined
}

/** The two calls of Label Studio's API that the hooks need. */
export class LabelStudioClient {
  readonly #client: ToolClient

  /** Without a token the user and password in the address are sent. */
  constructor(token: string | undefined, options: Omit<ToolClientOptions, 'tool' | 'authorization'>) {
    const open = { ...options, tool: 'Label Studio' }
    this.#client = new ToolClient({
      ...open,
      authorization: token === undefined ? undefined : labelStudioAuthorization(token, new ToolClient(open)),
    })
  }

  /** A task with its annotations and predictions, as bytes. */
  task(id: number, signal: AbortSignal): Promise<Uint8Array> {
    return this.#client.get(`/api/tasks/${id}/`, signal)
  }

  async postScore({ task, score, against, earlier }: PostedScore, signal: AbortSignal): Promise<void> {
    const body = { score, model_version: `${ownModelVersion} ${against}` }
    if (earlier !== undefined) await this.#client.send('PATCH', `/api/predictions/${earlier}/`, body, signal)
    else await this.#client.send('POST', '/api/predictions/', { task, ...body, result: [] }, signal)
  }
}
