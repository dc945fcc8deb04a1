import { pathOf } from './address.ts'
import { formOf, jsonBody } from './base-client.ts'
import type { Mask } from './mask-file.ts'
import { PairClient } from './pair-client.ts'
import type { components } from './types.ts'

type Schemas = components['schemas']

/** Calls about stored ground truths and their leaderboards. */
export class DatasetClient extends PairClient {
  /** Stored ground truths that you own or may evaluate against. */
  async datasets(signal?: AbortSignal): Promise<Schemas['Dataset'][]> {
    const answer = await this.json<{ datasets: Schemas['Dataset'][] }>('GET', '/v1/datasets', { signal })
    return answer.datasets
  }

  /** A stored ground truth: its settings and its versions. */
  dataset(name: string, signal?: AbortSignal): Promise<Schemas['Dataset']> {
    return this.json('GET', pathOf('/v1/datasets', [name]), { signal })
  }

  /** Makes a dataset, or replaces all its settings. */
  async setDataset(
    name: string,
    settings: Schemas['DatasetSettings'],
    signal?: AbortSignal,
  ): Promise<Schemas['Dataset']> {
    return this.json('PUT', pathOf('/v1/datasets', [name]), { ...jsonBody(settings), signal })
  }

  /** Stores a ground truth as the next version of a dataset; versions never change. */
  async addVersion(
    name: string,
    groundTruth: Mask,
    signal?: AbortSignal,
  ): Promise<Schemas['DatasetVersion']> {
    const body = formOf({ ground_truth: groundTruth })
    return this.json('POST', pathOf('/v1/datasets', [name, 'versions']), { body, signal })
  }

  /** Removes a dataset with its versions and its leaderboard. */
  async deleteDataset(name: string, signal?: AbortSignal): Promise<void> {
    await this.send('DELETE', pathOf('/v1/datasets', [name]), { signal })
  }

  /** Evaluations against a dataset, best first; incomplete ones stand below, without a rank. */
  leaderboard(name: string, version?: number, signal?: AbortSignal): Promise<Schemas['Leaderboard']> {
    return this.json('GET', pathOf('/v1/datasets', [name, 'leaderboard'], { version }), { signal })
  }
}
