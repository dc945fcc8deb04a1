import { boundaryMetrics } from './boundary/catalogue.ts'
import { calibrationMetrics } from './calibration/catalogue.ts'
import { detectionMetrics } from './detection/catalogue.ts'
import { groupMetrics } from './group-catalogue.ts'
import { informationMetrics } from './information/catalogue.ts'
import { lossMetrics } from './information/loss-catalogue.ts'
import { segmentMetrics } from './information/segments-catalogue.ts'
import { inputMetrics } from './input-catalogue.ts'
import { instanceMetrics } from './instances/catalogue.ts'
import { lesionMetrics } from './lesions/catalogue.ts'
import type { Metric } from './metric.ts'
import { overlapMetrics } from './overlap/catalogue.ts'
import { pairsMetrics } from './pairs/catalogue.ts'
import { regionMetrics } from './regions/catalogue.ts'
import { softMetrics } from './soft/catalogue.ts'
import { thresholdMetrics } from './thresholds/catalogue.ts'

/** Every number of the report: what it means, its range and unit, and what it is where its formula breaks down. */
export const catalogue: readonly Metric[] = [
  ...lossMetrics,
  ...informationMetrics,
  ...pairsMetrics,
  ...overlapMetrics,
  ...regionMetrics,
  ...instanceMetrics,
  ...boundaryMetrics,
  ...lesionMetrics,
  ...detectionMetrics,
  ...groupMetrics,
  ...softMetrics,
  ...calibrationMetrics,
  ...thresholdMetrics,
  ...segmentMetrics,
  ...inputMetrics,
]
