import packageJson from '../../package.json' with { type: 'json' }
import { operationOf } from './operation.ts'
import { type RegisteredRoute, tags } from './route-contract.ts'
import { SchemaBook } from './schema-book.ts'

export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>>
  readonly [key: string]: unknown
}

const description = `Compares a predicted segmentation mask with a ground truth, exactly.

The two inputs are always named: \`ground_truth\` and \`prediction\`. A value that is undefined is \`null\`, and
\`reasons\` says why. Every refusal is \`application/problem+json\` with a stable \`code\` and a \`remedy\`;
/problems lists them. Version 1 only ever grows: readers take keys that they do not know.`

/** The OpenAPI document of the routes that have a contract. `basePath` is where a proxy serves them. */
export function openApiDocument(routes: readonly RegisteredRoute[], basePath = ''): OpenApiDocument {
  const book = new SchemaBook()
  const paths: Record<string, Record<string, object>> = {}
  for (const route of [...routes].sort(byTagThenPath)) {
    if (!route.contract) continue
    const path = route.url.replaceAll(/:([A-Za-z_]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, route.contract, book) }
  }
  const schemas = Object.fromEntries(Object.entries(book.schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    openapi: '3.1.0',
    info: {
      title: 'maskscore',
      version: packageJson.version,
      summary: 'Exact scores of segmentation masks',
      description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath || '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas, headers, parameters, securitySchemes },
  }
}

const order = Object.keys(tags)

function byTagThenPath(a: RegisteredRoute, b: RegisteredRoute): number {
  const rank = ({ contract }: RegisteredRoute) => (contract ? order.indexOf(contract.tag) : -1)
  return rank(a) - rank(b)
}

const text = { type: 'string' }

const headers = {
  RequestId: {
    description:
      'Of the request: its own `x-request-id` when that is 1 to 128 letters, digits, `_.-`; else a new one',
    schema: text,
  },
  Location: { description: 'Address of what was made', schema: text },
  ETag: { description: 'Fingerprint of the body', schema: text },
  ServerTiming: {
    description: 'Milliseconds by stage: receive, queue, decode, count, metrics, serialise, total',
    schema: text,
  },
  DescribedBy: {
    description:
      'Where every number of the answer is defined by its JSON pointer, with range, unit and corner cases (`rel="describedby"`)',
    schema: text,
  },
  RetryAfter: {
    description: 'Seconds after which a new request is likely to be admitted',
    schema: { type: 'integer', minimum: 1 },
  },
  WwwAuthenticate: { description: 'How to authenticate', schema: text },
}

const parameters = {
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description:
      'ETags of answers that the caller has, weak ones as well; when one is still the answer, 304 comes without a body',
    schema: text,
  },
}

const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key that the operator gave; services without keys are open',
  },
  bearer: { type: 'http', scheme: 'bearer', description: 'The secret that the operator set for these hooks' },
  basic: { type: 'http', scheme: 'basic', description: 'User and password that the operator set' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Signature-256',
    description: 'HMAC-SHA-256 of the body with the secret of the hook',
  },
  callback_key: {
    type: 'apiKey',
    in: 'header',
    name: 'scale-callback-auth',
    description: 'The callback auth key that the dashboard of Scale shows',
  },
}
