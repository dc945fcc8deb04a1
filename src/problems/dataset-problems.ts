import { problem } from './problem.ts'

/** Refusals of a whole dataset: its files, its archives, and what belongs together. */
export const datasetProblems = {
  AMBIGUOUS_MATCH: problem(
    422,
    'Several files of one side have the same key',
    'Remove or rename all but one of them, or choose the rule with `--match`.',
  ),
  NOTHING_MATCHED: problem(
    422,
    'No prediction belongs to a ground truth',
    'Name the files of both sides alike, or say how their names meet with `match_gt` and `match_pred`. Extensions do not count, upper and lower case do.',
  ),
  PREDICTION_MISSING: problem(
    422,
    'Ground truths have no prediction',
    'Add the predictions, or say `on_missing`: "empty" scores them as empty, "skip" leaves them out.',
  ),
  PREDICTION_UNMATCHED: problem(
    422,
    'Predictions have no ground truth',
    'Remove these files, or say `on_extra`: "warn".',
  ),
  UNREADABLE_FILE: problem(
    422,
    'A file of a dataset cannot be read',
    'Check that it is there, that it may be read, and that no link in its place leads out of the folder.',
  ),
  UNSAFE_ARCHIVE: problem(
    422,
    'The archive is not safe to read',
    'Make the archive again from plain files: no links, no encryption, no name twice, no path that leads out of it.',
  ),
  ARCHIVE_TOO_LARGE: problem(
    413,
    'The archive is too large',
    'Unpack it and name the folder, or score it in parts, or raise the limit that the detail names.',
  ),
  TOO_MANY_ITEMS: problem(
    413,
    'The dataset has too many items',
    'Score it in parts, or raise `MASKSCORE_MAX_ITEMS`.',
  ),
  INVALID_MANIFEST: problem(
    400,
    'The manifest cannot be read',
    'The detail names the line; docs/datasets.md shows the columns.',
  ),
  FOREIGN_FILES: problem(
    409,
    'The folder for results holds other files',
    'Name a new folder, or one that holds only results.',
  ),
  RESULTS_UNWRITABLE: problem(
    422,
    'Results cannot be written to this folder',
    'Name another folder: one that may be written to, on a disk with room.',
  ),
  RESULTS_IN_USE: problem(
    409,
    'Another run is writing to the folder for results',
    'Wait until it has ended, or name another folder with `--out`.',
  ),
  NOT_RESUMABLE: problem(
    409,
    'The files or options differ from those of the run that was begun',
    'Give the same files and options as at its beginning, or start again without `--resume`.',
  ),
  RESULTS_DAMAGED: problem(
    422,
    'Results that were written earlier cannot be read',
    'Start the run again without `--resume`.',
  ),
  NOT_COMPARABLE: problem(
    409,
    'The two runs do not have the same ground truth and options',
    'Compare runs on the same keys and ground-truth files, scored with the same options.',
  ),
  QUOTA_EXCEEDED: problem(
    429,
    'A quota of this key is used up',
    'Delete what is no longer needed or wait until a run has ended, or ask the operator for more.',
  ),
  STORE_UNAVAILABLE: problem(
    503,
    'The store of evaluations cannot be reached',
    'Try again after Retry-After; the operator finds the cause in the log.',
  ),
  STORAGE_FULL: problem(
    507,
    'The service has no room to keep this',
    'Try again later: the operator frees room on the disk of `MASKSCORE_DATA_DIR`, or names a larger one.',
  ),
  GONE: problem(
    410,
    'The files of this run are no longer kept',
    'Send the files again; the operator sets how long they are kept.',
  ),
  SOURCE_CHANGED: problem(422, 'A file has changed since it was scored', 'Evaluate the dataset again.'),
  SOURCE_REFUSED: problem(
    422,
    'A source may not be read',
    'Name a source that the operator allows, or upload the files.',
  ),
  SOURCE_UNREACHABLE: problem(
    502,
    'The address of a source does not answer',
    'Check that the address can be fetched without a redirect, or upload the files.',
  ),
  NOT_FINISHED: problem(
    409,
    'The evaluation has no result yet',
    'Wait for it: GET /v1/evaluations/{id}?wait=30s returns when its state changes.',
  ),
  IN_USE: problem(
    409,
    'It is in use',
    'Wait until the evaluations against it have ended, or delete them first.',
  ),
  IDEMPOTENCY_MISMATCH: problem(
    422,
    'The Idempotency-Key was sent with another request',
    'Use a new key for every new request.',
  ),
  IDEMPOTENCY_IN_PROGRESS: problem(
    409,
    'The first request with this Idempotency-Key is still arriving',
    'Wait for the answer of the first request, then send it again with the same key.',
  ),
  FOREIGN_ORIGIN: problem(
    403,
    'A page of another origin may not do this',
    'Call the service directly, or ask the operator to set keys, `MASKSCORE_CORS_ORIGINS` or `MASKSCORE_ALLOWED_HOSTS`.',
  ),
} as const
