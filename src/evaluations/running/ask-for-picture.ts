import type { TaskRunner } from '../../tasks/runner.ts'
import type { NoPicture, Picture } from '../reports/report-input.ts'
import type { ObjectPictureRequest } from './draw-object.ts'
import type { PictureRequest } from './draw-picture.ts'

/** A picture that a thread draws; why not, where it cannot. */
export async function askForPicture(
  call: 'picture' | 'object_picture',
  value: PictureRequest | ObjectPictureRequest,
  runner: TaskRunner,
): Promise<Picture | NoPicture> {
  try {
    const { outcome } = await runner.run({ call, body: { type: 'data', value }, isBackground: true })
    if (!outcome.ok) return { problem: outcome.detail }
    const { width = 0, height = 0 } = outcome.facts
    return { png: outcome.body, width, height }
  } catch (error) {
    return { problem: `Drawing it failed: ${(error as Error).message}` }
  }
}
