import { answered, keyHeader } from './ask.ts'

/**
 * Sends a form and tells how much of it has gone: `fetch` cannot.
 * @param onShare gets the share that was sent, in [0, 1]
 * @throws ServiceProblem, TypeError where the connection fails, DOMException where the signal ends it
 */
export function upload<Answer>(
  address: string,
  form: FormData,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise<Response>((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    request.open('POST', address)
    for (const [name, value] of Object.entries(keyHeader())) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onShare(total > 0 ? loaded / total : 1),
    )
    request.addEventListener('load', () => resolve(responseOf(request)))
    request.addEventListener('error', () =>
      reject(new TypeError('the connection ended while files were sent')),
    )
    request.addEventListener('abort', () => reject(new DOMException('It was cancelled.', 'AbortError')))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  }).then(async (response) => (await answered(response)).json() as Promise<Answer>)
}

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers()
  for (const name of ['content-type', 'retry-after']) {
    const value = request.getResponseHeader(name)
    if (value !== null) headers.set(name, value)
  }
  const { status, statusText, responseText } = request
  return new Response(responseText, { status, statusText, headers })
}
