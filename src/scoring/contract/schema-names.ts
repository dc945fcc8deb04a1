import { z } from 'zod'
import { agreementOptionsSchema, agreementSchema } from '../agreement.ts'
import { inspectionSchema, inspectOptionsSchema } from '../inspect.ts'
import { overlayLayersSchema, overlayOptionsSchema } from '../overlay.ts'
import { reportSchema, tableReportSchema, warningSchema } from '../report/report.ts'
import { maskSchema } from '../request/mask-input.ts'
import { scoreOptionsSchema, sideOptionsSchema, tableOptionsSchema } from '../request/options.ts'
import { tableRequestSchema } from '../request/table-request.ts'

const { ground_truth, information, pairs, overlap, regions, instances, boundary, segments, checks } =
  reportSchema.shape

/** Schemas that stand once in the OpenAPI document, under these names. */
const named: Readonly<Record<string, z.ZodType>> = {
  Mask: maskSchema,
  SideOptions: sideOptionsSchema,
  ScoreOptions: scoreOptionsSchema,
  InspectOptions: inspectOptionsSchema,
  OverlayOptions: overlayOptionsSchema,
  TableOptions: tableOptionsSchema,
  AgreementOptions: agreementOptionsSchema,
  TableRequest: tableRequestSchema,
  Report: reportSchema,
  TableReport: tableReportSchema,
  Inspection: inspectionSchema,
  OverlayLayers: overlayLayersSchema,
  Agreement: agreementSchema,
  Side: ground_truth,
  Information: information.unwrap(),
  Pairs: pairs.unwrap(),
  Overlap: overlap.unwrap(),
  Regions: regions.unwrap(),
  Instances: instances.unwrap(),
  Boundary: boundary.unwrap(),
  Segment: segments.unwrap().element,
  CheckResult: checks.unwrap().element,
  Warning: warningSchema,
}

/** Gives the schemas their names; a name has to be known to zod before a document is made. */
export function nameSchemas(): void {
  for (const [id, schema] of Object.entries(named)) z.globalRegistry.add(schema, { ...schema.meta(), id })
}
