import { z } from 'zod'
import { type ProblemCode, problems } from '../problems.ts'

/** RFC 9457, with what the service adds. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('Address of the page that explains the code, relative to the service'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().describe('What is wrong with this request'),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    remedy: z.string().describe('What the caller can do'),
    request_id: z.string(),
    errors: z.array(
      z.strictObject({
        pointer: z.string().describe('JSON pointer of the field concerned, e.g. /options/log_base'),
        code: z.string(),
        message: z.string(),
      }),
    ),
  })
  .describe('RFC 9457 problem')
  .meta({ id: 'Problem' })
