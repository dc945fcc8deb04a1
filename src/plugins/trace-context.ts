/** Version 00 has four fields; a later one may have more. */
const traceparent =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:(?<!^00.*)-.*)?$/

/** Where a request belongs in a trace, for its log lines. */
export interface TraceContext {
  readonly trace_id: string
  /** The caller's span. */
  readonly parent_id: string
}

/** What a caller's `traceparent` says (W3C Trace Context); nothing when there is none or it is not valid. */
export function traceContextOf(header: string | string[] | undefined): TraceContext | undefined {
  const [, trace_id, parent_id] = (typeof header === 'string' && traceparent.exec(header.trim())) || []
  return trace_id === undefined ? undefined : { trace_id, parent_id }
}
