import { STATUS_CODES } from 'node:http'
import { problemSchema } from './problem-schema.ts'
import { refusalsOf } from './refusals.ts'
import { requestBody } from './request-body.ts'
import type { RegisteredRoute, RouteContract } from './route-contract.ts'
import type { JsonSchema, SchemaBook } from './schema-book.ts'

/** The operation object of one route. */
export function operationOf(route: RegisteredRoute, contract: RouteContract, book: SchemaBook): object {
  const { tag, summary, description, path = {}, query = {}, body } = contract
  const parameters = [
    ...Object.entries(path).map(([name, { description, example }]) => ({
      name,
      in: 'path',
      required: true,
      description,
      schema: { type: 'string' },
      example,
    })),
    ...Object.entries(query).map(([name, { description, schema, required = false, example }]) => ({
      name,
      in: 'query',
      required,
      description,
      schema: book.of(schema, 'input'),
      ...(example !== undefined && { example }),
    })),
    ...(isTagged(route, contract) ? [{ $ref: '#/components/parameters/IfNoneMatch' }] : []),
  ]
  return {
    operationId: contract.operationId ?? operationId(route),
    tags: [tag],
    summary,
    ...(description && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBody(body, book) }),
    responses: { ...goodAnswers(route, contract, book), ...refusals(route, book) },
    security: security(route, contract),
  }
}

/** `POST /v1/score` → `postScore`. */
const operationId = ({ method, url }: RegisteredRoute): string =>
  method.toLowerCase() +
  url
    .replace(/^\/v1(?=\/)/, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

function security({ open }: RegisteredRoute, { secret }: RouteContract): object[] {
  if (secret) return [{}, { [secret]: [] }]
  return open ? [] : [{}, { key: [] }]
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` })
const everyAnswer = { 'x-request-id': header('RequestId') }

/** Whether a caller that has the answer may say so. */
const isTagged = ({ admission }: RegisteredRoute, contract: RouteContract): boolean =>
  admission || contract.isTagged === true

function goodAnswers(
  route: RegisteredRoute,
  contract: RouteContract,
  book: SchemaBook,
): Record<string, object> {
  const { status = 200, answer, also = {}, describedBy, headers: more = [] } = contract
  const headers = {
    ...everyAnswer,
    ...(isTagged(route, contract) && { etag: header('ETag') }),
    ...(route.admission && { 'server-timing': header('ServerTiming') }),
    ...(more.includes('location') && { location: header('Location') }),
    ...(describedBy && { link: header('DescribedBy') }),
  }
  const content = Object.fromEntries(
    Object.entries(answer).map(([type, { schema, example }]) => [
      type,
      {
        schema: schema ? book.of(schema, 'output') : anyOf(type),
        ...(example !== undefined && { example }),
      },
    ]),
  )
  const others = Object.entries(also).map(([status, description]) => [
    status,
    { description, headers, content },
  ])
  const hasBody = Object.keys(content).length > 0
  return {
    [status]: { description: hasBody ? 'The answer' : 'Done; no body', headers, ...(hasBody && { content }) },
    ...Object.fromEntries(others),
    ...(isTagged(route, contract) && {
      304: { description: 'No body: the answer still has the ETag given', headers },
    }),
  }
}

/** The schema of an answer that is not described further. */
function anyOf(type: string): JsonSchema {
  if (type.endsWith('json')) return { type: 'object' }
  const isText = type.startsWith('text/') || type.endsWith('yaml')
  return isText ? { type: 'string' } : { type: 'string', format: 'binary' }
}

function refusals(route: RegisteredRoute, book: SchemaBook): Record<string, object> {
  const problem = book.of(problemSchema, 'output')
  return Object.fromEntries(
    [...refusalsOf(route)].map(([status, codes]) => [
      status,
      {
        description: STATUS_CODES[status],
        headers: {
          ...everyAnswer,
          ...((status === 503 || status === 429) && { 'retry-after': header('RetryAfter') }),
          ...(status === 401 && { 'www-authenticate': header('WwwAuthenticate') }),
        },
        content: {
          'application/problem+json': {
            schema: { ...problem, properties: { code: { enum: codes } } },
          },
        },
      },
    ]),
  )
}
