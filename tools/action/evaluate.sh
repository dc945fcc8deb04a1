#!/usr/bin/env bash
# The step of action.yml that scores. Inputs come as variables of the environment, so that nothing in them is run.
set -uo pipefail

arguments=("$GROUND_TRUTH" "$PREDICTION" --out "$OUT" --format html,md,csv,junit,badge --progress plain)
[ -n "$OPTIONS" ] && arguments+=(--options "$OPTIONS")
[ -n "$BASELINE" ] && arguments+=(--baseline "$BASELINE")

# Adds `flag value` for each line that is not empty.
each_line() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line="${line%$'\r'}"
    [ -z "$line" ] && continue
    if [ -n "$1" ]; then arguments+=("$1" "$line"); else arguments+=("$line"); fi
  done <<<"$2"
}
each_line --check "$CHECKS"
each_line --max-drop "$MAX_DROP"
each_line "" "$ARGUMENTS"

node "$GITHUB_ACTION_PATH/bin/maskscore.js" evaluate "${arguments[@]}"
status=$?

# What was found is told whether or not a check holds. Without results the command has said why.
if [ -f "$OUT/summary.json" ]; then
  cat "$OUT/report.md" >>"$GITHUB_STEP_SUMMARY"
  node -e '
    const { pooled, complete } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))
    console.log(`mi-loss=${pooled.mi_loss ?? ""}\ncomplete=${complete}`)
  ' "$OUT/summary.json" >>"$GITHUB_OUTPUT"
fi
exit "$status"
