import type { Result } from '../../tasks/performer.ts'
import type { StageClock } from '../stage-clock.ts'
import type { LabelPlanes } from './labels.ts'
import { planesJson } from './planes-json.ts'
import { writeNpy } from './write-npy.ts'

/**
 * Planes as an answer: one `.npy` of shape (planes, rows, columns), or the same as JSON.
 * @throws Refusal those of `planesJson`
 */
export function planesResult(planes: LabelPlanes, clock: StageClock, accept: string | undefined): Result {
  const { width, height, type, window } = planes
  const facts = { width, height, pixels: width * height }
  if (accept === 'application/json') return { value: planesJson(planes), times: clock.times, facts }
  const value = clock.run('serialise', () =>
    writeNpy(
      [planes.planes.length, window.rows, window.columns],
      type,
      planes.planes.map(({ values }) => values),
    ),
  )
  return { value, contentType: 'application/x-npy', isCompressible: true, times: clock.times, facts }
}
