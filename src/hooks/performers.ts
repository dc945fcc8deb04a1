import { cvatPerformers } from './cvat/performers.ts'
import { labelStudioPerformers } from './label-studio/performers.ts'
import { scalePerformers } from './scale/performers.ts'

/** What the hooks of labeling tools ask a worker for; none is a call of its own under /v1. */
export const hookPerformers = { ...labelStudioPerformers, ...cvatPerformers, ...scalePerformers }

export type HookCall = keyof typeof hookPerformers
