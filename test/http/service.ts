import type { AddressInfo } from 'node:net'
import { type AppParts, buildApp } from '../../src/app.ts'
import { loadSettings } from '../../src/settings/settings.ts'

export interface Service {
  readonly url: string
  close(): Promise<void>
}

/**
 * The whole service on a free port of the loopback, with settings as from the environment. It has one thread, as each
 * takes a third of a second to start, and does not rehearse, which takes a second, unless the test is about that.
 */
export async function startService(
  env: Record<string, string> = {},
  parts: AppParts = { isRehearsed: false },
): Promise<Service> {
  const settings = loadSettings({
    MASKSCORE_PORT: '0',
    MASKSCORE_THREADS: '1',
    MASKSCORE_LOG_LEVEL: 'silent',
    // A busy machine is no reason to refuse what a test sends.
    MASKSCORE_MAX_EVENT_LOOP_DELAY: '0',
    ...env,
  })
  const app = await buildApp(settings, parts)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() }
}

/** A multipart body as `curl -F` makes it; names and types of files say nothing. */
export function form(parts: Record<string, Uint8Array | object>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(parts))
    if (value instanceof Uint8Array) data.append(name, new Blob([new Uint8Array(value)]), 'mask.bin')
    else data.append(name, JSON.stringify(value))
  return data
}

export async function post(
  service: Service,
  path: string,
  body: FormData | object,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Headers; json: Record<string, unknown> }> {
  const response = await fetch(service.url + path, {
    method: 'POST',
    ...(body instanceof FormData
      ? { body, headers }
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }),
  })
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as Record<string, unknown>,
  }
}

/** The value at a JSON pointer; undefined where nothing is. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, token) => (node as Record<string, unknown> | undefined)?.[token], value)
}
