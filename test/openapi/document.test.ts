import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { buildApp } from '../../src/app.ts'
import { problems } from '../../src/problems/catalogue.ts'
import { datasetProblems } from '../../src/problems/dataset-problems.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { Contract } from './contract.ts'

let app: FastifyInstance
let contract: Contract
beforeAll(async () => {
  app = await buildApp(loadSettings({ MASKSCORE_THREADS: '1', MASKSCORE_LOG_LEVEL: 'silent' }))
  contract = new Contract((await app.inject('/openapi.json')).json())
})
afterAll(() => app.close())

/** What pages are made of; not part of the contract. */
const isOfPages = (url: string) => /^\/(docs|page)(\/|$)/.test(url) || url === '/favicon.ico'

const operations = () =>
  Object.entries(contract.document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      path,
      method: method.toUpperCase(),
      operation: contract.operation(method, path),
    })),
  )

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(contract.document))
    expect(errors ?? []).toEqual([])
    expect(valid).toBe(true)
    expect(contract.document.openapi).toBe('3.1.0')
  })

  it('is the same as YAML', async () => {
    const answer = await app.inject('/openapi.yaml')
    expect(answer.headers['content-type']).toMatch(/^application\/yaml/)
    expect(parse(answer.body)).toEqual(contract.document)
  })

  it('has every route of the service, and no other', () => {
    const registered = app.registeredRoutes
      .filter(({ url }) => !isOfPages(url))
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`)
    const documented = operations().map(({ method, path }) => `${method} ${path}`)
    expect(registered.length).toBeGreaterThan(10)
    expect(documented.sort()).toEqual(registered.sort())
  })

  it('gives every operation a summary, a known tag and an id of its own', () => {
    const tags = (contract.document.tags as { name: string }[]).map(({ name }) => name)
    for (const { operation } of operations()) {
      expect(operation.summary).toMatch(/^[A-Z]/)
      expect(tags).toEqual(expect.arrayContaining(operation.tags as string[]))
    }
    const ids = operations().map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives every operation one media type for its body, and files as parts of a form', () => {
    const bodies = operations().flatMap(({ path, operation }) =>
      operation.requestBody ? [[path, Object.keys(operation.requestBody.content)] as const] : [],
    )
    for (const [path, types] of bodies) expect(types, path).toHaveLength(1)
    const forms = bodies.filter(([, [type]]) => type === 'multipart/form-data').map(([path]) => path)
    expect(forms.sort()).toEqual([
      '/v1/agreement',
      '/v1/datasets/{name}/versions',
      '/v1/evaluations',
      '/v1/gradient',
      '/v1/inspect',
      '/v1/labels',
      '/v1/overlay',
      '/v1/score',
    ])
  })

  it('describes every parameter of a path', () => {
    for (const { path, operation } of operations())
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(operation.parameters, path).toContainEqual(expect.objectContaining({ name, in: 'path' }))
  })

  it('has no component that nothing refers to', () => {
    const text = JSON.stringify(contract.document)
    for (const kind of ['schemas', 'headers', 'parameters'] as const)
      for (const name of Object.keys((contract.document.components as Record<string, object>)[kind]))
        expect(text, name).toContain(`"#/components/${kind}/${name}"`)
  })

  it('names every code that a caller can get', () => {
    const text = JSON.stringify(operations().map(({ operation }) => operation.responses))
    const beforeAnyRoute = ['METHOD_NOT_ALLOWED', 'CLIENT_GONE']
    // No call scores whole datasets: the command line does, and tells these codes.
    const elsewhere = [...beforeAnyRoute, ...Object.keys(datasetProblems)]
    const codes = Object.keys(problems).filter((code) => !elsewhere.includes(code))
    expect(codes.filter((code) => !text.includes(`"${code}"`))).toEqual([])
  })

  it('has examples that are as it says', () => {
    const mistakes = operations().flatMap(({ path, method, operation }) => {
      const place = ['paths', path, method.toLowerCase()]
      const contents = [
        ...Object.entries(operation.requestBody?.content ?? {}).map(
          ([type, content]) => [[...place, 'requestBody', 'content', type], content] as const,
        ),
        ...(operation.requestBody?.['x-json-body']
          ? [[[...place, 'requestBody', 'x-json-body'], operation.requestBody['x-json-body']] as const]
          : []),
        ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
          Object.entries(content).map(
            ([type, one]) => [[...place, 'responses', status, 'content', type], one] as const,
          ),
        ),
      ]
      return contents
        .filter(([, content]) => 'example' in content)
        .flatMap(([where, content]) =>
          contract
            .mistakes((content as { example?: unknown }).example, ...where, 'schema')
            .map((mistake) => `${where.join(' ')}: ${mistake}`),
        )
    })
    expect(mistakes).toEqual([])
  })
})
