import { objectsOf } from './reading/objects.ts'
import { asksFor, type Options } from './reading/options.ts'
import { type ReadPair, readPair } from './reading/read-pair.ts'
import type { Side } from './reading/side.ts'
import { tableOf } from './reading/table.ts'
import { boundary } from './scores/boundary.ts'
import { information, miLoss } from './scores/information.ts'
import { instances } from './scores/instances.ts'
import { overlap } from './scores/overlap.ts'
import { pairs } from './scores/pairs.ts'
import { regions } from './scores/regions.ts'
import { segmentRows } from './scores/segments.ts'

/** What the report of a request has to say, as far as the reading knows it. */
export function expectedReport(
  groundTruth: Side,
  prediction: Side,
  options: Options,
): Record<string, unknown> {
  const pair = readPair(groundTruth, prediction, options)
  const { isCounted } = pair
  const classes = tableOf(pair.groundTruth.classes, pair.prediction.classes, isCounted)
  const partition = tableOf(pair.groundTruth.segments, pair.prediction.segments, isCounted)
  const asked = (family: string) => asksFor(options, family)
  const included = (extra: string) => options.include?.includes(extra) ?? false
  return {
    ...miLoss(partition),
    ...sizes(pair),
    ground_truth: { segments: partition.rows.length },
    prediction: { segments: partition.columns.length },
    ...(asked('information') && { information: information(partition, options) }),
    ...(asked('pairs') && { pairs: pairs(partition) }),
    ...(asked('overlap') && { overlap: overlap(classes, options, millilitresOf(pair, options)) }),
    ...(asked('regions') && { regions: regions(partition) }),
    ...(asked('instances') && { instances: instances(objectsOf(pair, options), options) }),
    ...(asked('boundary') && { boundary: boundary(pair, options) }),
    ...(included('segments') && { segments: segmentRows(pair, partition, options) }),
    ...(included('contingency') &&
      isNamed(options) && {
        contingency: classes.pairs.map(({ row, column, n }) => [row, column, n]),
      }),
  }
}

/** Of a voxel, where its sides are known in millimetres. */
function millilitresOf({ grid }: ReadPair, { boundary: asked }: Options): number | undefined {
  const sides = asked?.spacing
  return grid.isVolume && sides ? sides.reduce((product, side) => product * side, 1) / 1000 : undefined
}

/** Whether every label has a number: void 1 under `binary` takes one that left-out crowds may have taken. */
const isNamed = ({ binary, ignore_labels, ground_truth, prediction }: Options): boolean =>
  !binary ||
  !ignore_labels?.includes(1) ||
  ![ground_truth, prediction].some((side) => side?.crowd === 'ignore')

function sizes({ grid, isCounted }: ReadPair) {
  const counted = isCounted.filter(Boolean).length
  return {
    width: grid.width,
    height: grid.height,
    ...(grid.isVolume && { depth: grid.depth }),
    pixels: { total: isCounted.length, counted, ignored: isCounted.length - counted },
  }
}
