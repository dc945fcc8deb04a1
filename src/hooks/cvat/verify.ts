import { Refusal } from '../../problems/refusal.ts'
import { isSignedBy } from '../../secrets.ts'

export interface CvatSecrets {
  /** Signs the webhooks that have no secret of their own. */
  readonly common: string | undefined
  /** By webhook id. */
  readonly ofWebhook: Readonly<Record<string, string>>
}

/**
 * Checks the signature over exactly the bytes sent, before anything of them is read. All secrets are tried, because the
 * id that would choose one is in the unverified body. Returns a check that the secret that fits is that webhook's.
 *
 * @throws Refusal UNAUTHENTICATED
 */
export function verifySignature(
  bytes: Uint8Array,
  signature: string | undefined,
  { common, ofWebhook }: CvatSecrets,
): (webhook: string | undefined) => void {
  if (signature === undefined)
    throw new Refusal(
      'UNAUTHENTICATED',
      'The request has no X-Signature-256: give the webhook a secret.',
    ).advising(remedy)
  const isCommon = common !== undefined && isSignedBy(common, bytes, signature)
  const signers = Object.entries(ofWebhook).filter(([, secret]) => isSignedBy(secret, bytes, signature))
  if (!isCommon && signers.length === 0) throw wrong()
  return (webhook) => {
    const hasOwnSecret = webhook !== undefined && Object.hasOwn(ofWebhook, webhook)
    const fits = hasOwnSecret ? signers.some(([id]) => id === webhook) : isCommon
    if (!fits) throw wrong()
  }
}

/** No key of the service helps here. */
const remedy =
  'Give the webhook in CVAT the secret that MASKSCORE_CVAT_HOOK_SECRET holds, or its id and secret to MASKSCORE_CVAT_HOOK_SECRETS.'

const wrong = () =>
  new Refusal(
    'UNAUTHENTICATED',
    'The signature does not fit the body: the webhook has another secret, or something on the way changed the body.',
  ).advising(remedy)
