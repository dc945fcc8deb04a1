/** A file that was chosen, and cannot be read any more. */
export class LostFile extends Error {
  constructor({ name }: File) {
    super(`${name} was changed or removed after it was chosen`)
  }
}

/**
 * Sends files that are still there: of one that is not, some browsers say no more than that the connection failed, and
 * others wait for ever.
 * @throws LostFile for the first that cannot be read, else what `send` throws
 */
export async function withChosen<Answer>(
  files: Iterable<File>,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const sent = send()
  // The files tell first.
  sent.catch(() => undefined)
  await Promise.all([...files].map(read))
  return sent
}

async function read(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new LostFile(file)
  }
}
