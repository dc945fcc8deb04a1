import { Refusal } from '../../problems/refusal.ts'
import type { Result } from '../delivery.ts'
import { type CvatClient, positionOf } from './client.ts'
import type { Finding, JobScores } from './job-scores.ts'

const says: Record<Finding['kind'], string> = {
  missing: 'pixels of the ground truth are missing here',
  extra: 'pixels are too many here',
  confused: 'pixels have another label in the ground truth',
}

/**
 * Draws an issue at each finding, unless the frame still has an unresolved one of ours. After a try that failed nobody
 * knows which were written, so then one at the same place counts too, resolved or not.
 */
export async function writeIssues(
  client: CvatClient,
  { job, findings }: JobScores,
  again: boolean,
  signal: AbortSignal,
): Promise<Pick<Result, 'posted' | 'code' | 'detail'>> {
  if (findings.length === 0) return {}
  let posted = 0
  try {
    const own = await client.ownIssues(job, signal)
    for (const finding of findings) {
      const place = `${positionOf(finding)}`
      const isMarked = own.some(
        ({ frame, resolved, position }) =>
          frame === finding.frame && (!resolved || (again && `${position}` === place)),
      )
      if (isMarked) continue
      await client.writeIssue(job, finding, `maskscore: ${finding.pixels} ${says[finding.kind]}.`, signal)
      posted++
    }
    return { posted }
  } catch (error) {
    // The scores are there and are written down; only CVAT does not show them.
    if (!(error instanceof Refusal) || signal.aborted) throw error
    return { posted, code: error.code, detail: `The issues could not be written: ${error.message}` }
  }
}
