#!/usr/bin/env bash
# Builds the image with buildah and runs it with runc: read-only root, no capabilities, no new privileges, an arbitrary
# user, 4 GB of memory. Its health check must pass, a real pair be scored, the embedded database be opened from the seed,
# and SIGTERM end it with 0. Then one service and two workers score a dataset over PostgreSQL, and one worker is killed.
#
#   sudo test/docker/try-image.sh node:24-bookworm-slim     with a base that buildah can pull
#   sudo test/docker/try-image.sh                           with one made of Debian's packages and the project's Node
#
# Needs root, buildah, runc and PostgreSQL's programs; for the base of its own also debootstrap and npm, and registries for what they install.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d /var/tmp/maskscore-image.XXXXXX)
name=maskscore-try-$$ port=${PORT:-18080}
node=$(npm exec -c 'node -p process.execPath')
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
buildah() { command buildah --root "$scratch/store" --runroot "$scratch/run" "$@"; }
runc() { command runc --root "$scratch/runc" "$@"; }
cleanup() {
  runc delete --force "$name" 2>/dev/null || true
  buildah umount --all >/dev/null 2>&1 || true
  rm -rf "$scratch"
}
trap cleanup EXIT

base=${1:-}
pull=()
if [[ -z $base ]]; then
  echo "== a base of Debian and $("$node" --version)"
  base=localhost/base pull=(--pull-never)
  debootstrap --variant=minbase --include=ca-certificates bookworm "$scratch/base" >"$scratch/debootstrap.log"
  npm_home=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
  mkdir -p "$scratch/base/usr/local/lib/node_modules"
  cp -r "$npm_home" "$scratch/base/usr/local/lib/node_modules/npm"
  cp "$node" "$scratch/base/usr/local/bin/node"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$scratch/base/usr/local/bin/npm"
  # The machine's authorities, for a registry behind a proxy of its own.
  cp /etc/ssl/certs/ca-certificates.crt "$scratch/base/etc/ssl/certs/"
  tar -C "$scratch/base" -cf "$scratch/base.tar" .
  # As the official image does: an entry point that is a shell script, which ours must replace.
  printf 'FROM scratch\nADD base.tar /\nENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt\nENTRYPOINT ["docker-entrypoint.sh"]\nCMD ["node"]\n' >"$scratch/Base"
  buildah bud -q -f "$scratch/Base" -t "$base" "$scratch" >/dev/null
fi

echo "== $(command buildah --version)"
buildah bud -q "${pull[@]}" --format docker --build-arg BASE_IMAGE="$base" -f docker/Dockerfile -t maskscore . >/dev/null
buildah inspect --type image localhost/maskscore >"$scratch/inspected.json"
grep -q '"Healthcheck"' "$scratch/inspected.json"
container=$(buildah from --pull-never localhost/maskscore)
root=$(buildah mount "$container")
mkdir "$scratch/bundle"
mkdir -m 1777 "$scratch/data"
"$node" test/docker/runtime-config.ts "$scratch/inspected.json" "$root" "$scratch/data" \
  MASKSCORE_PORT="$port" MASKSCORE_THREADS=2 MASKSCORE_DATA_DIR=/app/data >"$scratch/bundle/config.json"

echo "== $(command runc --version | head -1)"
runc run --bundle "$scratch/bundle" "$name" >"$scratch/log" 2>&1 &
runner=$!
ready() { curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; }
for _ in $(seq 300); do
  ready && break
  sleep 0.2
done
if ! ready; then
  echo "it is not ready after a minute:" && tail -5 "$scratch/log"
  exit 1
fi
runc exec "$name" node src/cli.ts healthcheck && echo "health check: 0"
if runc exec "$name" node -e 'require("fs").writeFileSync("/app/x", "")' 2>/dev/null; then exit 1; fi
echo "the root cannot be written to"
curl -sf -F ground_truth=@examples/pair/ground-truth.png -F prediction=@examples/pair/prediction.png \
  "http://127.0.0.1:$port/v1/score" | head -c 120
echo
echo "evaluations: $(curl -sf "http://127.0.0.1:$port/v1/evaluations" | head -c 120)"
if [[ ! -f $scratch/data/pglite/PG_VERSION ]] || grep 'without a seed' "$scratch/log"; then exit 1; fi
echo "the embedded database is unpacked from the seed"
runc exec "$name" node -p '"as user " + process.getuid() + ":" + process.getgid() + ", " + require("fs").readFileSync("/proc/1/status", "utf8").match(/CapEff.*/)'
runc kill "$name" TERM
status=0
wait "$runner" || status=$?
tail -1 "$scratch/log"
echo "SIGTERM: exit code $status"
[[ $status == 0 ]]

echo "== one service and two workers over PostgreSQL"
"$node" test/docker/try-workers.ts "$scratch/inspected.json" "$root" "$scratch"
