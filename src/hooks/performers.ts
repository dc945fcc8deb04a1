import { cvatPerformers } from './cvat/performers.ts'
import { labelStudioPerformers } from './label-studio/performers.ts'

/** What the hooks of labeling tools ask a worker for; none is a call of its own under /v1. */
export const hookPerformers = { ...labelStudioPerformers, ...cvatPerformers }

export type HookCall = keyof typeof hookPerformers
