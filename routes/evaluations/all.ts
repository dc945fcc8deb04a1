import type { FastifyInstance } from 'fastify'
import { comparisonRoutes } from './comparisons.ts'
import { createEvaluationRoute } from './create-evaluation.ts'
import { datasetRoutes } from './datasets.ts'
import { evaluationEventsRoute } from './evaluation-events.ts'
import { evaluationItemRoutes } from './evaluation-items.ts'
import { evaluationReportRoutes } from './evaluation-reports.ts'
import { evaluationScoreViewRoutes } from './evaluation-score-views.ts'
import { evaluationResourceRoutes } from './evaluations.ts'
import { itemLabelsRoute } from './item-labels.ts'
import { itemPictureRoutes } from './item-pictures.ts'

/** Every call of evaluations and datasets. */
export function evaluationRoutes(app: FastifyInstance): void {
  createEvaluationRoute(app)
  evaluationResourceRoutes(app)
  evaluationEventsRoute(app)
  evaluationItemRoutes(app)
  evaluationScoreViewRoutes(app)
  itemPictureRoutes(app)
  itemLabelsRoute(app)
  evaluationReportRoutes(app)
  comparisonRoutes(app)
  datasetRoutes(app)
}
