import { z } from 'zod'
import { type ProblemCode, problems } from '../problems/catalogue.ts'

const { title, status, remedy } = problems.SIZE_MISMATCH
const example = {
  type: '/problems/SIZE_MISMATCH',
  title,
  status,
  detail: 'The ground truth is 384×303 and the prediction 96×64 pixels.',
  code: 'SIZE_MISMATCH',
  remedy,
  request_id: 'b7a1c1de-6f0d-4f6e-9a0e-3f5d1b0f2a77',
  errors: [
    { pointer: '/ground_truth', code: 'SIZE_MISMATCH', message: '384×303' },
    { pointer: '/prediction', code: 'SIZE_MISMATCH', message: '96×64' },
  ],
}

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
  .meta({ id: 'Problem', examples: [example] })
