import type { ReportInput } from '../report-input.ts'
import { csvLine } from './csv-line.ts'

const columns = ['index', 'key', 'label', 'name', 'support', 'predicted', 'tp', 'fp', 'fn', 'iou', 'dice']

/** `classes.csv`: a line for each class in either mask of each scored item, in pixels. Empty when labels are no classes. */
export function* classesCsv({ rows, summary }: ReportInput): Generator<string> {
  yield csvLine(columns)
  if (summary.pooled.overlap === null) return
  for (const { index, key, status, classes } of rows()) {
    if (status !== 'scored') continue
    for (const [label, tp, fp, fn] of classes) {
      const union = tp + fp + fn
      const ratios = union === 0 ? [null, null] : [tp / union, (2 * tp) / (tp + union)]
      const areas = [tp + fn, tp + fp, tp, fp, fn]
      yield csvLine([index, key, label, summary.classes[label], ...areas, ...ratios])
    }
  }
}
