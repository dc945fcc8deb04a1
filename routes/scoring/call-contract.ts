import type { PartContract, RouteContract } from '../../src/openapi/route-contract.ts'
import type { PartRule } from '../../src/receiving/receive-parts.ts'
import type { Call } from '../../src/scoring/call.ts'
import { contract } from '../../src/scoring/contract/contract.ts'

const sidecar = 'The JSON that belongs to the mask, where the format has one beside a PNG of ids'

const descriptions: Readonly<Record<string, string>> = {
  ground_truth:
    'The mask that is true: a mask file (GET /v1/formats lists the formats) or what a labeling tool writes',
  prediction: 'The mask that is judged',
  mask: 'A mask file or what a labeling tool writes',
  masks: '2 to 20 masks of one image; their file names are the annotators’ names',
  image: 'A photo of the same size as the masks, to lie under the overlay',
  ground_truth_json: sidecar,
  prediction_json: sidecar,
  mask_json: sidecar,
  options: 'JSON text',
}

/** Calls that answer with a report, whose numbers the catalogue of metrics explains. */
const reporting: ReadonlySet<Call> = new Set<Call>(['score', 'table'])

/** What the OpenAPI document says of a pooled call that takes these parts. */
export function callContract(call: Call, rules: Readonly<Record<string, PartRule>>): RouteContract {
  const { summary, description, options, request, answer, image, refusals, example } = contract[call]
  const parts = Object.entries(rules).map(([name, rule]): [string, PartContract] => [
    name,
    { rule, description: descriptions[name], ...(name === 'options' && { schema: options }) },
  ])
  return {
    tag: 'Scoring',
    summary,
    description,
    body: {
      json: request,
      example: example.request,
      ...(parts.length > 0 && { parts: Object.fromEntries(parts) }),
    },
    answer: {
      ...(image && { [image]: {} }),
      'application/json': { schema: answer, example: example.answer },
    },
    ...(reporting.has(call) && { describedBy: '/v1/metrics' }),
    refusals,
  }
}
