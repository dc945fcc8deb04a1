import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import type { Operation } from './contract.ts'
import { type Lookup, valuesOf } from './from-schema.ts'
import { spoilt } from './wrong-values.ts'

export interface RandomRequest {
  readonly method: string
  /** As the document writes it. */
  readonly path: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | undefined
}

interface Body {
  readonly type: string
  readonly bytes: Buffer
}

type Schema = Readonly<Record<string, unknown>>

/** Requests to any operation of a document: as it asks for them, nearly so, and not at all. */
export function randomRequests(document: OpenApiDocument): fc.Arbitrary<RandomRequest> {
  const lookup: Lookup = (reference) =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as Schema
  const each = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      // Calls that take a body have more to get wrong.
      weight: (operation as Operation).requestBody ? 12 : 1,
      arbitrary: requestsOf(method.toUpperCase(), path, operation as Operation, lookup),
    })),
  )
  return fc.oneof(...each)
}

function requestsOf(method: string, path: string, operation: Operation, lookup: Lookup) {
  const content = operation.requestBody?.content
  const bodies = content
    ? fc.oneof(
        ...Object.entries(content).map(([type, { schema }]) => ({
          weight: 4,
          arbitrary:
            type === 'multipart/form-data'
              ? formsOf(schema as Schema, lookup)
              : jsonOf(schema as Schema, lookup),
        })),
        { weight: 1, arbitrary: strayBodies },
      )
    : fc.option(strayBodies, { nil: undefined, freq: 2 })
  return fc.record({ body: bodies, headers: strayHeaders, parameter: parameters, query: queries }).map(
    ({ body, headers, parameter, query }): RandomRequest => ({
      method,
      path,
      url: path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(parameter)) + query,
      headers: {
        ...(body && { 'content-type': body.type, 'content-length': `${body.bytes.length}` }),
        ...headers,
      },
      body: body?.bytes,
    }),
  )
}

const jsonOf = (schema: Schema, lookup: Lookup): fc.Arbitrary<Body> =>
  rightOrSpoilt(valuesOf(schema, lookup)).map((value) => ({
    type: 'application/json',
    bytes: Buffer.from(JSON.stringify(value)),
  }))

const rightOrSpoilt = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 2, arbitrary: right }, { weight: 1, arbitrary: right.chain(spoilt) })

const boundary = 'part-of-a-random-request'

function formsOf({ properties = {}, required = [] }: Schema, lookup: Lookup): fc.Arbitrary<Body> {
  const names = Object.entries(properties as Record<string, Schema>)
  const parts = names.map(([name, schema]) =>
    fc.tuple(
      fc.constant(name),
      schema.format === 'binary' || schema.type === 'array'
        ? files
        : rightOrSpoilt(valuesOf(schema, lookup)).map((value) => Buffer.from(JSON.stringify(value))),
      // Mostly once, as it should be; sometimes missing or twice.
      fc.constantFrom(
        1,
        1,
        1,
        1,
        schema.type === 'array' ? 2 : 1,
        (required as string[]).includes(name) ? 1 : 0,
        0,
        2,
      ),
    ),
  )
  return fc.tuple(...parts).map((chosen) => {
    const pieces = chosen.flatMap(([name, bytes, times]) =>
      Array.from({ length: times }, () => [
        Buffer.from(
          `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      ]).flat(),
    )
    return {
      type: `multipart/form-data; boundary=${boundary}`,
      bytes: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    }
  })
}

const file = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url))
const files: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      file('decode-samples/png-grey8.png'),
      file('decode-samples/png-pal8-voc.png'),
      file('decode-samples/tiff-u8-lzw.tif'),
      file('decode-samples/npy.npy'),
      file('decode-samples/bad-idat-crc.png'),
      file('decode-samples/webp-lossless-grey.webp'),
      Buffer.from('[[0, 0, 1, 0, 1, 1]]'),
      Buffer.from('{"size": [2, 2], "counts": "04"}'),
      Buffer.from('<annotations/>'),
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)) },
)

const strayBodies: fc.Arbitrary<Body> = fc.record({
  type: fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${boundary}`,
    'text/plain',
    'application/x-www-form-urlencoded',
    ';',
    '',
  ),
  bytes: fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc
      .constantFrom('', '{', '[', '"', '{"ground_truth":', `--${boundary}\r\n`, '[['.repeat(300))
      .map((text) => Buffer.from(text)),
  ),
})

const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 30,
})
const strayHeaders: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    accept: fc.oneof(
      fc.constantFrom('*/*', 'application/json', 'text/html', 'image/png', 'q=;;', ''),
      headerText,
    ),
    authorization: fc.oneof(fc.constantFrom('Bearer', 'Bearer x', 'Basic Og=='), headerText),
    'x-request-id': fc.oneof(fc.constantFrom('mine', 'a'.repeat(129), '../x'), headerText),
    'if-none-match': fc.oneof(fc.constantFrom('*', '""', 'W/"x"'), headerText),
    'content-encoding': fc.constantFrom('gzip', 'identity', 'br'),
    'accept-encoding': fc.constantFrom('gzip', '*;q=0'),
    range: fc.constantFrom('bytes=0-1', 'bytes=-'),
    origin: fc.constantFrom('null', 'https://elsewhere.example'),
    'x-forwarded-for': fc.constantFrom('127.0.0.1', 'unknown, 1.1.1.1', '::'),
    cookie: headerText,
  },
  { requiredKeys: [] },
)

const parameters = fc.oneof(
  fc.constantFrom('SIZE_MISMATCH', '__proto__', 'constructor', '..', '%', 'a'.repeat(300)),
  fc.string({ minLength: 1, maxLength: 20 }),
)
const queries = fc.constantFrom('', '', '', '?', '?x=1', '?__proto__[x]=1', '?%', '?a=%00&a=2')
