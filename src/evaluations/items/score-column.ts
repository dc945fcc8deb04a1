import type { ColumnFile, ColumnValues } from './column-file.ts'
import { wrong } from './parameters.ts'

/** Scores of one class in one item. */
const classScores = ['iou', 'dice'] as const

/**
 * The values of a score by item, NaN where it is undefined: of the image, or `iou` and `dice` of a class.
 * @throws Refusal INVALID_OPTIONS where the run has no such score
 */
export function scoreColumn(
  file: ColumnFile,
  score: string,
  label: number | undefined,
  parameter: string,
): ColumnValues {
  const known = classScores.find((name) => name === score)
  if (known && label === undefined)
    throw wrong(parameter, `names the ${score} of a class: say which with class`)
  if (known && label !== undefined) return classColumn(file, label, known)
  // Where no item was scored, none has a value of any score.
  if (file.facts.scores.length === 0) return new Float64Array(file.facts.items).fill(Number.NaN)
  if (!file.facts.scores.includes(score))
    throw wrong(
      parameter,
      `names ${JSON.stringify(score.slice(0, 64))}, which no item has; scores are ${file.facts.scores.join(', ')}`,
    )
  return file.read(`score.${score}`)
}

function classColumn(file: ColumnFile, label: number, score: (typeof classScores)[number]): Float64Array {
  const values = new Float64Array(file.facts.items).fill(Number.NaN)
  const [tp, fp, fn] = ['tp', 'fp', 'fn'].map((name) => file.read(`class.${name}`))
  forEachOfClass(file, label, (item, entry) => {
    const union = tp[entry] + fp[entry] + fn[entry]
    if (union > 0) values[item] = score === 'iou' ? tp[entry] / union : (2 * tp[entry]) / (tp[entry] + union)
  })
  return values
}

/**
 * Calls `visit` for every item in which either mask holds the class.
 * @throws Refusal INVALID_OPTIONS where labels are objects of one image
 */
export function forEachOfClass(
  file: ColumnFile,
  label: number,
  visit: (item: number, entry: number) => void,
): void {
  if (!file.facts.hasClasses) throw wrong('class', 'has no meaning in this run: its labels are no classes')
  const [start, labels] = [file.read('class.start'), file.read('class.label')]
  for (let item = 0; item < file.facts.items; item++)
    for (let entry = start[item]; entry < start[item + 1]; entry++)
      if (labels[entry] === label) visit(item, entry)
}
