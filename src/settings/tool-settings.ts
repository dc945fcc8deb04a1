import { z } from 'zod'
import { chapter, secret, setting } from './setting.ts'
import { duration, flag, named, text } from './units.ts'

const baseUrl = () =>
  text(z.url({ protocol: /^https?$/, error: 'takes an http or https address' }).optional())
const secretText = (min: number) => text(z.string().min(min, `takes at least ${min} characters`).optional())

const shared = chapter('Labeling tools', {
  toolTimeout: setting(
    duration(10_000, { min: 10, max: 60_000 }),
    'Time one call back to a labeling tool may take; it is tried three times where that can help',
  ),
})

const labelStudio = chapter('Label Studio', {
  labelStudioUrl: setting(baseUrl(), 'Base address of Label Studio; nothing is called back without it'),
  labelStudioToken: setting(secretText(1), 'Token for Label Studio’s API', secret),
  labelStudioHookSecret: setting(secretText(8), 'Secret that its webhooks send as a bearer key', secret),
  labelStudioBasicUser: setting(
    text(z.string().min(1).optional()),
    'User name of HTTP Basic for the ML backend',
  ),
  labelStudioBasicPassword: setting(secretText(8), 'Password of HTTP Basic for the ML backend', secret),
})

const cvat = chapter('CVAT', {
  cvatUrl: setting(baseUrl(), 'Base address of CVAT; nothing is called back without it'),
  cvatToken: setting(secretText(1), 'Token for CVAT’s API', secret),
  cvatHookSecret: setting(secretText(8), 'Secret its webhooks are signed with', secret),
  cvatHookSecrets: setting(named(8), 'Secrets of single webhooks as `webhook id:secret`', secret),
  cvatWriteIssues: setting(flag(false), 'Whether findings are written to CVAT as issues'),
})

/** The settings of the hooks of labeling tools: a chapter a tool, and one for all. */
export const toolSettings = { ...shared, ...labelStudio, ...cvat }
