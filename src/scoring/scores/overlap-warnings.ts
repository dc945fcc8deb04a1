import type { Warning } from '../../labels/decoded-mask.ts'
import { coveredPixels } from '../pair/covered-pixels.ts'
import { type Pair, type SideFacts, warningsOfSides } from '../pair/pair.ts'

/** Tells how many pixels belong to several annotated objects, since a class map has room for one label a pixel. */
export const overlapWarnings = ({ groundTruth, prediction }: Pick<Pair, 'groundTruth' | 'prediction'>) =>
  warningsOfSides(ofSide(groundTruth), ofSide(prediction))

function ofSide({ objects, paintsOver }: Pick<SideFacts, 'objects' | 'paintsOver'>): Warning[] {
  // Objects of their own cost another painting, which only what was painted over is worth.
  const pixels = objects && paintsOver ? coveredPixels(objects()) : 0
  if (pixels === 0) return []
  const message = `${pixels} pixels belong to several objects. Instance scores count each object with all its pixels; for the other scores the later object has them.`
  return [{ code: 'OBJECTS_OVERLAP', message }]
}
