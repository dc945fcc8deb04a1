/*
 * Average precision written a second time, from its definition and as slowly as it reads: pixels as sets, precision at a
 * recall as the largest precision of any cut of the ranking that reaches it.
 */

export interface PlainTruth {
  readonly pixels: ReadonlySet<number>
  readonly area: number
  readonly isCrowd: boolean
}

export interface PlainDetection {
  readonly pixels: ReadonlySet<number>
  readonly score: number
}

/** One image of one category; detections in file order. */
export interface PlainImage {
  readonly groundTruth: readonly PlainTruth[]
  readonly prediction: readonly PlainDetection[]
}

interface Ranked {
  readonly score: number
  readonly image: number
  readonly place: number
  readonly kind: 'right' | 'wrong' | 'neither'
}

function iouOf({ pixels }: PlainDetection, truth: PlainTruth): number {
  const both = [...pixels].filter((pixel) => truth.pixels.has(pixel)).length
  if (both === 0) return 0
  return both / (truth.isCrowd ? pixels.size : pixels.size + truth.pixels.size - both)
}

function matched(
  image: PlainImage,
  imageNumber: number,
  iou: number,
  [min, max]: readonly number[],
): Ranked[] {
  const inRange = (area: number) => min <= area && area <= max
  const free = new Set(image.groundTruth)
  const order = image.prediction
    .map((detection, place) => ({ detection, place }))
    .sort((a, b) => b.detection.score - a.detection.score || a.place - b.place)
    .slice(0, 100)
  return order.map(({ detection }, place) => {
    const fitting = image.groundTruth
      .map((truth, k) => ({
        truth,
        k,
        value: iouOf(detection, truth),
        counts: !truth.isCrowd && inRange(truth.area),
      }))
      .filter(({ truth, value }) => (free.has(truth) || truth.isCrowd) && value >= Math.min(iou, 1 - 1e-10))
      .sort((a, b) => Number(b.counts) - Number(a.counts) || b.value - a.value || b.k - a.k)
    const taken = fitting.at(0)
    if (taken) free.delete(taken.truth)
    const unmatched = inRange(detection.pixels.size) ? 'wrong' : 'neither'
    const kind = taken ? (taken.counts ? 'right' : 'neither') : unmatched
    return { score: detection.score, image: imageNumber, place, kind }
  })
}

/** AP and the recall of one category at one IoU over images in their order; undefined where no ground truth counts. */
export function plainAp(
  images: readonly PlainImage[],
  iou: number,
  range: readonly [number, number],
): { ap: number; recall: number } | undefined {
  const counted = images
    .flatMap(({ groundTruth }) => groundTruth)
    .filter(({ area, isCrowd }) => !isCrowd && range[0] <= area && area <= range[1]).length
  if (counted === 0) return undefined
  const ranked = images
    .flatMap((image, k) => matched(image, k, iou, range))
    .sort((a, b) => b.score - a.score || a.image - b.image || a.place - b.place)
  const cuts = ranked.map((_, k) => {
    const kinds = ranked.slice(0, k + 1).map(({ kind }) => kind)
    const right = kinds.filter((kind) => kind === 'right').length
    const wrong = kinds.filter((kind) => kind === 'wrong').length
    return { recall: right / counted, precision: right / (right + wrong + 2 ** -52) }
  })
  let sum = 0
  for (let k = 0; k <= 100; k++)
    sum += Math.max(0, ...cuts.filter(({ recall }) => recall >= k * 0.01).map(({ precision }) => precision))
  return { ap: sum / 101, recall: Math.max(0, ...cuts.map(({ recall }) => recall)) }
}
