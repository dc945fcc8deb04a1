import type { Evaluation } from '../api/types.ts'

/** What a run is called: without a name by the first digits of its id. */
export const nameOfRun = ({ id, name }: Pick<Evaluation, 'id' | 'name'>): string => name ?? id.slice(0, 8)

export const isOver = ({ state }: Evaluation): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled'
