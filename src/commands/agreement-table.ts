import { visible } from '../evaluations/reports/escape.ts'
import type { Agreement } from '../scoring/report/agreement-schema.ts'

type Score = number | null | undefined

/** An agreement as a person reads it in a terminal: each annotator, each with each, who stands out, where they differ. */
export function agreementTable(agreement: Agreement): string {
  const { width, height, depth, annotators, mi_loss, outlier, swapped, disagreement, warnings } = agreement
  const names = annotators.map(({ name }) => visible(name))
  const hasTruth = annotators.some((one) => one.mi_loss !== undefined)
  const heads = ['mean mi_loss', 'mean IoU', ...(hasTruth ? ['truth mi_loss', 'truth mean IoU'] : [])]
  const nameWidth = Math.max(9, ...names.map(({ length }) => length))
  const row = (name: string, cells: readonly string[]) =>
    [name.padEnd(nameWidth), ...cells.map((cell) => cell.padStart(16))].join('')
  return [
    `pixels        ${width}×${height}${depth === undefined ? '' : `×${depth}`}`,
    `disagreement  ${disagreement.pixels} pixels, share ${shown(disagreement.share)}, mean entropy ${shown(disagreement.entropy_mean)} bit`,
    `outlier       ${outlier ? `${visible(outlier.name)} (mean mi_loss ${shown(outlier.mean_mi_loss)})` : 'none: all agree'}`,
    '',
    row('annotator', heads),
    ...annotators.map((one, index) =>
      row(
        names[index],
        [
          one.mean_mi_loss,
          one.mean_iou,
          ...(hasTruth ? [one.mi_loss, one.mean_iou_with_ground_truth] : []),
        ].map(shown),
      ),
    ),
    '',
    'mi_loss, each with each',
    ...matrixRows(names, mi_loss, nameWidth),
    ...(agreement.ged ? samplesRows(agreement.ged) : []),
    ...swapped.map(({ annotators: [a, b], relabelling, gain }) => {
      const renamed = relabelling.map(({ from, to }) => `${from} → ${to}`).join(', ')
      return `\n${visible(a)} and ${visible(b)} seem to number labels differently: ${renamed} gains ${shown(gain)}`
    }),
    ...warnings.map(({ code, message }) => `\n${code}: ${visible(message)}`),
  ].join('\n')
}

/** Columns have the numbers of the rows: names may be long. */
function matrixRows(
  names: readonly string[],
  cells: readonly (readonly Score[])[],
  nameWidth: number,
): string[] {
  const columns = names.map((_, index) => `(${index + 1})`.padStart(10)).join('')
  const rows = cells.map(
    (row, index) =>
      `${`(${index + 1})`.padEnd(5)}${names[index].padEnd(nameWidth)}${row.map((cell) => shown(cell).padStart(10)).join('')}`,
  )
  return [`${''.padEnd(5 + nameWidth)}${columns}`, ...rows]
}

const maxClasses = 10

/** Whether the samples of a model are spread as the masks are. */
function samplesRows({ distance, classes, samples, ...ged }: NonNullable<Agreement['ged']>): string[] {
  const names = samples.map(({ name }) => visible(name))
  const width = Math.max(9, ...names.map(({ length }) => length))
  const listed = classes?.slice(0, maxClasses).map(({ label }) => label)
  const more = classes && classes.length > maxClasses ? `, … (${classes.length})` : ''
  const of = listed ? `1 - mean IoU of labels ${listed.join(', ') || 'none'}${more}` : distance
  return [
    '',
    `samples       ged² ${shown(ged.ged2)} = 2 · ${shown(ged.cross)} (to masks) - ${shown(ged.diversity_samples)} (among samples) - ${shown(ged.diversity_masks)} (among masks)`,
    `distance      ${of}, on ${ged.pixels} pixels`,
    '',
    `${'sample'.padEnd(width)}${'to masks'.padStart(12)}`,
    ...samples.map((sample, k) => `${names[k].padEnd(width)}${shown(sample.distance_to_masks).padStart(12)}`),
  ]
}

const shown = (value: Score): string => (typeof value === 'number' ? value.toFixed(6) : '-')
