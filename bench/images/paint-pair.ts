import type { LabelArray, LabelMap } from '../../src/labels/label-map.ts'
import { type Grid, gridFor, jitteredPoints, paintCells, type Site } from './cells.ts'
import { type Displacement, shifted, smoothDisplacement } from './displacement.ts'
import type { PairSpec } from './pair-spec.ts'
import { type Random, seededRandom, shuffle } from './random.ts'

export type Side = 'groundTruth' | 'prediction'

/** Share of the cells that the prediction misses, and of those it invents. */
const edited = 0.06
/** Share of the cells whose class the prediction gets wrong (`classes` only). */
const flipped = 0.08
/** Share of the void label among the cells of `classes`. */
const voidShare = 0.04
const voidLabel = 255

/**
 * One side of a pair: warped Voronoi cells; the prediction is the ground truth smoothly displaced, without some of
 * its cells, with some new ones and, among classes, with some wrong.
 */
export function paintSide(spec: PairSpec, side: Side): LabelMap {
  const { width, height } = spec
  const labels = labelArray(spec.bits, width * height)
  const map: LabelMap = { width, height, depth: 1, labels }
  if (spec.content === 'noise') {
    fillNoise(labels, seededRandom(spec.seed * 2 + (side === 'prediction' ? 1 : 0)))
    return map
  }
  const random = seededRandom(spec.seed)
  const grid = gridFor(width, height, spec.cells)
  const truth = groundTruthSites(spec, grid, random)
  const warp = [0, 1]
    .map(() => smoothDisplacement(grid.side * 0.22, grid.side * 3.1, random))
    .map((waves) => shifted(waves, spec.shift ?? 0))
  const prediction = predictedSites(spec, grid, truth, random)
  const drift = [0, 1].map(() => smoothDisplacement(1 + grid.side * 0.05, grid.side * 2.3, random))
  if (side === 'groundTruth') paintCells(labels, width, height, grid, truth, warp[0], warp[1])
  else {
    const [x, y] = warp.map((waves, axis): Displacement => [...waves, ...drift[axis]])
    paintCells(labels, width, height, grid, prediction, x, y)
  }
  return map
}

function groundTruthSites(spec: PairSpec, grid: Grid, random: Random): Site[] {
  const ids = shuffle(
    Uint32Array.from({ length: spec.cells }, (_, k) => k + 1),
    random,
  )
  return jitteredPoints(grid, spec.cells, random).map((point, k) => {
    if (spec.content === 'ids') return { ...point, label: ids[k] }
    const isVoid = spec.content === 'classes' && random() < voidShare
    return { ...point, label: isVoid ? voidLabel : anyClass(spec, random) }
  })
}

function predictedSites(spec: PairSpec, grid: Grid, truth: readonly Site[], random: Random): Site[] {
  const kept = truth.filter(() => random() >= edited)
  const guessed = kept.map((site) => {
    // A network predicts no void: it says something where the annotator gave up.
    const wrong = site.label === voidLabel || random() < flipped
    return spec.content === 'classes' && wrong ? { ...site, label: anyClass(spec, random) } : site
  })
  const invented = jitteredPoints(grid, spec.cells, random)
    .filter(() => random() < edited)
    .map((point, k) => ({
      ...point,
      label: spec.content === 'ids' ? spec.cells + 1 + k : anyClass(spec, random),
    }))
  return [...guessed, ...invented]
}

function anyClass(spec: PairSpec, random: Random): number {
  return Math.floor(random() * (spec.content === 'binary' ? 2 : 19))
}

function labelArray(bits: PairSpec['bits'], length: number): LabelArray {
  if (bits === 8) return new Uint8Array(length)
  return bits === 16 ? new Uint16Array(length) : new Uint32Array(length)
}

function fillNoise(labels: LabelArray, random: Random): void {
  for (let i = 0; i < labels.length; i++) labels[i] = Math.floor(random() * 256)
}
