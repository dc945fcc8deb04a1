/** One part of a form. */
export interface Part {
  readonly name: string
  readonly filename?: string
  readonly bytes: Uint8Array
}

/** A body and the header that says what it is. */
export interface SentBody {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const boundary = 'part-of-a-random-call'

export function multipartBody(parts: readonly Part[]): SentBody {
  const pieces = parts.flatMap(({ name, filename, bytes }) => [
    Buffer.from(
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${filename ? `; filename="${filename}"` : ''}\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ])
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

export const jsonBody = (value: unknown): SentBody => ({
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
})
