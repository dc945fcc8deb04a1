import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { problems } from '../../src/problems/catalogue.ts'

export interface Received {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

type Content = Readonly<Record<string, { readonly schema: object }>>

export interface Operation {
  readonly operationId: string
  readonly requestBody?: {
    readonly content: Content
    /** The JSON body of a call whose documented body is a form. */
    readonly 'x-json-body'?: Content[string]
  }
  readonly responses: Readonly<
    Record<string, { readonly headers: Readonly<Record<string, object>>; readonly content?: Content }>
  >
  readonly [key: string]: unknown
}

/** A document to hold answers against. */
export class Contract {
  readonly document: OpenApiDocument
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false })
  readonly #validators = new Map<string, ValidateFunction>()

  constructor(document: OpenApiDocument) {
    this.document = document
    this.#ajv.addSchema(document, 'openapi')
  }

  operation(method: string, path: string): Operation {
    const operation = this.document.paths[path]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${path} is not documented`)
    return operation as Operation
  }

  /** What is wrong with a JSON value at a place of the document (path of keys to a schema). */
  mistakes(value: unknown, ...place: string[]): string[] {
    const pointer = place
      .map((token) => `/${encodeURIComponent(token.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
      .join('')
    const validate = this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: `openapi#${pointer}` })
    this.#validators.set(pointer, validate)
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  /** What in an answer is not as the document says; empty when all is. */
  breaches(method: string, path: string, { status, headers, text }: Received): string[] {
    const response = this.operation(method, path).responses[status]
    if (!response) return [`status ${status} is not documented: ${text.slice(0, 300)}`]
    const missing = Object.keys(response.headers).filter((name) => !headers.has(name))
    const breaches = missing.map((name) => `the header ${name} is missing`)
    if (!response.content) return text === '' ? breaches : [...breaches, 'a body where none is documented']
    const type = headers.get('content-type')?.split(';', 1)[0] ?? ''
    if (!response.content[type]) return [...breaches, `the type ${type} is not documented for ${status}`]
    if (status >= 400 && path !== '/readyz') breaches.push(...notAProblem(status, headers, text))
    if (!type.endsWith('json')) return breaches
    const place = ['paths', path, method.toLowerCase(), 'responses', `${status}`, 'content', type, 'schema']
    return [...breaches, ...this.mistakes(JSON.parse(text), ...place)]
  }
}

/** A refusal that does not follow from the catalogue, or tells what is inside. */
function notAProblem(status: number, headers: Headers, text: string): string[] {
  const problem = JSON.parse(text) as Record<string, unknown>
  const known = Object.hasOwn(problems, String(problem.code))
    ? problems[problem.code as keyof typeof problems]
    : undefined
  return [
    ...(known ? [] : [`${problem.code} is no code of the catalogue`]),
    ...(known?.status === status ? [] : [`${problem.code} has status ${known?.status}, not ${status}`]),
    ...(problem.request_id === headers.get('x-request-id') ? [] : ['the request id is not echoed']),
    ...(/node_modules|\.ts:\d|\bat \w+ \(/.test(text) ? ['the answer tells what is inside'] : []),
  ]
}
