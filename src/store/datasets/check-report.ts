import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { VersionReport } from '../../evaluations/ports/dataset-ports.ts'
import { summaryName } from '../../evaluations/running/finish-stored-run.ts'
import { keptRows } from '../../evaluations/running/kept-files.ts'
import { readKept } from '../../evaluations/running/kept-json.ts'
import { writePieces } from '../../evaluations/running/write-pieces.ts'
import type { Summary } from '../../evaluations/summary/summary.ts'

export const reportName = 'version.json'
/** Most sets of equal files that are listed. */
const maxDuplicates = 1000
/** Most keys of a set. */
const maxKeys = 20
const rowsAtOnce = 1000

/** What is known of a ground truth that was scored against itself, written beside its summary. */
export async function checkReport({
  folder,
  files,
}: {
  readonly folder: string
  readonly files: readonly string[]
}): Promise<VersionReport> {
  const summary = readKept<Summary>(join(folder, summaryName))
  const classes = new Map<number, { pixels: number; images: number }>()
  const byContent = new Map<string, string[]>()
  let read = 0
  for (const row of keptRows(files)) {
    for (const [label, pixels] of row.classes) {
      const known = classes.get(label) ?? { pixels: 0, images: 0 }
      classes.set(label, { pixels: known.pixels + pixels, images: known.images + 1 })
    }
    const [sha256] = row.sha256
    if (sha256 !== null) byContent.set(sha256, [...(byContent.get(sha256) ?? []), row.key].slice(0, maxKeys))
    if (++read % rowsAtOnce === 0) await breathe()
  }
  const report: VersionReport = {
    items: summary.items.total,
    unreadable: summary.failures,
    pixels: summary.pixels,
    classes: [...classes]
      .sort(([a], [b]) => a - b)
      .map(([label, counts]) => ({
        label,
        ...(summary.classes[label] !== undefined && { name: summary.classes[label] }),
        ...counts,
      })),
    duplicates: [...byContent]
      .filter(([, keys]) => keys.length > 1)
      .slice(0, maxDuplicates)
      .map(([sha256, keys]) => ({ sha256, keys })),
    warnings: summary.warnings.filter(({ code }) => !ofItself.includes(code)),
  }
  writePieces(join(folder, reportName), [JSON.stringify(report)])
  return report
}

/** What is said because the prediction is the ground truth. */
const ofItself = ['PREDICTION_IS_GROUND_TRUTH', 'DUPLICATE_PREDICTIONS']
