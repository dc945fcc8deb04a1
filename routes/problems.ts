import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RouteContract } from '../src/openapi/route-contract.ts'
import { problemPage, problemsPage } from '../src/page/problem-page.ts'
import { type ProblemCode, problems } from '../src/problems/catalogue.ts'
import { Refusal } from '../src/problems/refusal.ts'

const problemSchema = z.strictObject({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  remedy: z.string(),
})

const list: RouteContract = {
  tag: 'Reference',
  summary: 'What can go wrong',
  answer: {
    'application/json': { schema: z.strictObject({ problems: z.array(problemSchema) }) },
    'text/html': {},
  },
}
const single: RouteContract = {
  tag: 'Reference',
  summary: 'What a code means and what to do',
  description: 'Where the `type` of a refusal leads.',
  path: { code: { description: 'Code of a refusal', example: 'SIZE_MISMATCH' } },
  answer: { 'application/json': { schema: problemSchema }, 'text/html': {} },
  refusals: ['NOT_FOUND'],
}

/** The catalogue of refusals: a page for browsers, JSON for everybody else. */
export function problemRoutes(app: FastifyInstance): void {
  app.get('/problems', { config: { open: true, contract: list } }, (request, reply) =>
    wantsPage(request)
      ? reply.type('text/html; charset=utf-8').send(problemsPage())
      : { problems: Object.keys(problems).map((code) => described(code as ProblemCode)) },
  )
  app.get<{ Params: { code: string } }>(
    '/problems/:code',
    { config: { open: true, contract: single } },
    (request, reply) => {
      const { code } = request.params
      if (!isCode(code)) throw new Refusal('NOT_FOUND', 'No problem has this code.')
      return wantsPage(request)
        ? reply.type('text/html; charset=utf-8').send(problemPage(code))
        : reply.send(described(code))
    },
  )
}

const isCode = (text: string): text is ProblemCode => Object.hasOwn(problems, text)
const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false

function described(code: ProblemCode) {
  const { status, title, remedy } = problems[code]
  return { code, status, title, remedy }
}
