import {
  betterDirections,
  type ComparedItem,
  type Comparison,
  comparedItems,
  comparisonOf,
  type RunPair,
  scatterOf,
} from '../api/comparison.ts'
import { evaluationOf } from '../api/evaluations.ts'
import type { Scatter } from './scatter-scale.ts'

/** What is known of two runs whatever is looked at. */
export interface ComparedRuns {
  readonly comparison: Comparison
  /** Names of scores that images have in run B. */
  readonly scores: readonly string[]
  readonly directions: ReadonlyMap<string, boolean>
}

/** One score of both runs, image by image; of the list as much as was asked for. */
export interface ComparedImages {
  readonly scatter: Scatter
  readonly items: readonly ComparedItem[]
  readonly total: number
  readonly next: number | null
}

export async function loadRuns(runs: RunPair, signal: AbortSignal): Promise<ComparedRuns> {
  const [comparison, { summary }, directions] = await Promise.all([
    comparisonOf(runs, signal),
    evaluationOf(runs.b, signal),
    betterDirections(),
  ])
  return { comparison, scores: Object.keys(summary?.macro ?? {}), directions }
}

export async function loadImages(runs: RunPair, score: string, signal: AbortSignal): Promise<ComparedImages> {
  const [scatter, list] = await Promise.all([
    scatterOf(runs, score, signal),
    comparedItems(runs, score, 0, signal),
  ])
  return { scatter, ...list }
}

export async function loadMore(
  runs: RunPair,
  score: string,
  images: ComparedImages,
  signal: AbortSignal,
): Promise<ComparedImages> {
  if (images.next === null) return images
  const { items, total, next } = await comparedItems(runs, score, images.next, signal)
  return { ...images, items: [...images.items, ...items], total, next }
}
