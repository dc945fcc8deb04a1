import { ServiceProblem } from './ask.ts'

/** A file that was chosen, and cannot be read any more. */
export class LostFile extends Error {
  constructor({ name }: File) {
    super(`${name} was changed or removed after it was chosen`)
  }
}

/**
 * Sends files. A browser that cannot read one of them any more says no more than that the connection failed.
 * @throws LostFile where that is why `send` failed, else what it throws
 */
export async function withChosen<Answer>(
  files: Iterable<File>,
  send: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send()
  } catch (error) {
    if (error instanceof ServiceProblem) throw error
    for (const file of files)
      await file
        .slice(0, 1)
        .arrayBuffer()
        .catch(() => {
          throw new LostFile(file)
        })
    throw error
  }
}
