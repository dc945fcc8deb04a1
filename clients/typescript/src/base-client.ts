import { addressOf } from './address.ts'
import { fileOf, type Mask, nameOf } from './mask-file.ts'
import { Unreachable } from './problem.ts'
import { toJson } from './to-json.ts'
import { type Answer, type Sent, send, type TransportOptions } from './transport.ts'

/** A service, and how it is asked. */
export class BaseClient {
  readonly #transport: TransportOptions

  constructor(baseUrl: string, options: Partial<Omit<TransportOptions, 'baseUrl'>> = {}) {
    this.#transport = {
      retries: 4,
      longestWait: 60,
      fetch: (...args) => fetch(...args),
      ...options,
      baseUrl: addressOf(baseUrl),
    }
  }

  protected send(method: string, path: string, sent: Sent): Promise<Answer> {
    return send(this.#transport, method, path, sent)
  }

  protected async json<T>(method: string, path: string, sent: Sent): Promise<T> {
    const { text } = await this.send(method, path, sent)
    try {
      return JSON.parse(text()) as T
    } catch {
      throw new Unreachable(
        `The answer is no JSON. Is this the address of maskscore? It begins: ${text().slice(0, 200)}`,
      )
    }
  }

  protected async blob(path: string, accept: string, sent: Sent, method = 'GET'): Promise<Blob> {
    const { bytes, headers } = await this.send(method, path, { ...sent, headers: { accept } })
    return new Blob([bytes], { type: headers.get('content-type') ?? '' })
  }
}

/** Files by part, and options where there are some. Fields come before files, so that the service knows them first. */
export function formOf(
  files: Readonly<Record<string, Mask | undefined>>,
  options?: object,
  fields: Readonly<Record<string, string | undefined>> = {},
): FormData {
  const form = new FormData()
  for (const [part, value] of Object.entries(fields)) if (value !== undefined) form.append(part, value)
  if (options) form.append('options', toJson(options))
  for (const [part, file] of Object.entries(files))
    if (file !== undefined) form.append(part, fileOf(file), nameOf(file, part))
  return form
}

export const jsonBody = (value: object): Pick<Sent, 'body' | 'headers'> => ({
  body: toJson(value),
  headers: { 'content-type': 'application/json' },
})
