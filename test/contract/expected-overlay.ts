import { countedVoid, type Options } from './reading/options.ts'
import { readPair } from './reading/read-pair.ts'
import type { Side } from './reading/side.ts'

/** How many pixels of each kind an overlay shows; with predicted void, only what does not depend on how it is painted. */
export function expectedOverlay(
  groundTruth: Side,
  prediction: Side,
  options: Options,
): Record<string, unknown> {
  const pair = readPair(groundTruth, prediction, options)
  const background = options.background === undefined ? 0 : options.background
  const ignored = countedVoid(options)
  const kinds = pair.isCounted.map((isCounted, pixel) => {
    const [truth, found] = [pair.groundTruth.classes[pixel], pair.prediction.classes[pixel]]
    if (!isCounted) return 'ignored'
    if (truth === found) return 'agreement'
    if (ignored.has(found)) return 'void'
    return found === background ? 'missing' : truth === background ? 'extra' : 'confused'
  })
  const count = (kind: string) => kinds.filter((other) => other === kind).length
  const sure = count('void') === 0
  return {
    width: pair.grid.width,
    height: pair.grid.height,
    pixels: {
      ignored: count('ignored'),
      agreement: count('agreement'),
      ...(sure && { missing: count('missing'), extra: count('extra'), confused: count('confused') }),
    },
  }
}
