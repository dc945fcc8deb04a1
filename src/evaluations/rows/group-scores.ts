import { catalogue } from '../../metrics/catalogue.ts'
import { type Score, undefinedBecause } from '../../metrics/numbers/undefined-score.ts'
import type { Report } from '../../scoring/report/report.ts'
import { boundaryScoresOf } from './boundary-means.ts'

const prefix = '/overlap/per_group/*/'
/** Shares of a group; its areas are no scores. */
const shares = catalogue.filter(({ pointer, unit }) => pointer.startsWith(prefix) && unit === null)

/** Scores of the groups of labels of one image, named with the group: `group_class_dice_of_WT`. */
export function groupScoresOf({
  overlap,
  boundary,
  reasons,
}: Pick<Report, 'overlap' | 'boundary' | 'reasons'>): Map<string, Score> {
  const scores = new Map<string, Score>()
  overlap?.per_group?.forEach((row, position) => {
    for (const { name, pointer } of shares) {
      const key = pointer.slice(prefix.length)
      const value = (row as Readonly<Record<string, unknown>>)[key]
      const reason = reasons[`/overlap/per_group/${position}/${key}`]
      if (typeof value === 'number') scores.set(`${name}_of_${row.group}`, value)
      else if (value === null) scores.set(`${name}_of_${row.group}`, undefinedBecause(reason))
    }
  })
  boundary?.per_group?.forEach((row, position) => {
    for (const [name, score] of boundaryScoresOf(row, `/boundary/per_group/${position}`, reasons))
      scores.set(`group_${name}_of_${row.group}`, score ?? undefinedBecause('absent_both'))
  })
  return scores
}
